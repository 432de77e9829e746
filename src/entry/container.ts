import { Container, type ContainerModule } from 'inversify';
import { type Application, USE_CASES } from './application.js';
import { TOKENS } from './bindings/tokens.js';
import { useCases } from './bindings/use-cases.js';

/**
 * Wires the use cases to adapters: the only place that reads from the container. Each use case is built with its first use:
 * of all of them, a function needs a few.
 */
export const createApplication = (...adapters: ContainerModule[]): Application => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...adapters, useCases);
  // An error in the keys shows at once, not only with the first token.
  container.get(TOKENS.tokens);
  const application = {} as Application;
  for (const [name, useCase] of Object.entries(USE_CASES))
    Object.defineProperty(application, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = container.get<unknown>(useCase);
        Object.defineProperty(application, name, { value });
        return value;
      },
    });
  return application;
};

import 'reflect-metadata';
import { Container, type ContainerModule } from 'inversify';
import { type Application, USE_CASES } from './application.js';
import { useCases } from './bindings/use-cases.js';

/** Wires the use cases to adapters: the only place that reads from the container. */
export const createApplication = (...adapters: ContainerModule[]): Application => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...adapters, useCases);
  const built = Object.entries(USE_CASES).map(([name, useCase]) => [name, container.get<unknown>(useCase)]);
  return Object.fromEntries(built) as Application;
};

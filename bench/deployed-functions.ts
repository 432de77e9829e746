import { readDeployment } from './deployment.js';

/** The names of all functions, and the files of their handlers. */
export const deployedFunctions = (): Map<string, string> =>
  new Map(
    Object.entries(readDeployment().functions).map(([name, { handler }]) => [
      name,
      handler.replace(/\.handler$/, '.ts'),
    ]),
  );

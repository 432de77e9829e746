import { devNull } from 'node:os';
import { isAws } from './access.js';

/**
 * Removes AWS's variables from an environment, and points the SDK at empty files instead of the user's, because these are
 * for other programs. They stay if `DYNAMODB_ENDPOINT` names AWS.
 */
export const forgetAws = (env: NodeJS.ProcessEnv): void => {
  if (isAws(env.DYNAMODB_ENDPOINT ?? '')) return;
  // By prefix: the SDK reads more of them with every release.
  for (const name of Object.keys(env)) if (name.startsWith('AWS_')) delete env[name];
  env.AWS_CONFIG_FILE = devNull;
  env.AWS_SHARED_CREDENTIALS_FILE = devNull;
};

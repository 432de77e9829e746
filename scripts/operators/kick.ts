import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { invokeFunction } from '../support/invoke-function.js';
import { readName } from '../support/read-name.js';

const USAGE = 'Usage: npm run --silent kick -- --user alice [--stage dev]';
answerHelp(
  USAGE,
  `Closes all connections of a user: of the local program, or with --stage of a stage on AWS.`,
);

try {
  const { user, stage } = readOptions('user', 'stage');
  if (user === undefined) throw new Error(USAGE);
  const result = await invokeFunction('disconnect-user', { userId: readName('user', 'user', user) }, stage);
  const { connections } = result as { connections: number };
  console.log(`Closed ${connections} ${connections === 1 ? 'connection' : 'connections'} of ${user}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

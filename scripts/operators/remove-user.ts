import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { invokeFunction } from '../support/invoke-function.js';
import { readName } from '../support/read-name.js';

const USAGE = 'Usage: npm run --silent remove-user -- --user alice --room lobby [--stage dev]';
answerHelp(
  USAGE,
  `Takes a user out of one room of the local program, or with --stage of a stage on AWS. Their connections stay open.`,
);

try {
  const { user, room, stage } = readOptions('user', 'room', 'stage');
  if (user === undefined || room === undefined) throw new Error(USAGE);
  const whom = { userId: readName('user', 'user', user), room: readName('room', 'room', room) };
  const result = await invokeFunction('remove-user', whom, stage);
  const { connections } = result as { connections: number };
  console.log(
    `Removed ${connections} ${connections === 1 ? 'connection' : 'connections'} of ${user} from ${room}`,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

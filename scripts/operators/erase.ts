import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { invokeFunction } from '../support/invoke-function.js';
import { readName } from '../support/read-name.js';

const USAGE = 'Usage: npm run --silent erase -- --room lobby [--stage dev], or --inbox alice [--stage dev]';
answerHelp(
  USAGE,
  `Erases whatever was published in a room, or sent to a user: of the local program, or with --stage of a stage on AWS.`,
);

const target = (room: string | undefined, inbox: string | undefined) => {
  if (room !== undefined && inbox === undefined) {
    const payload = { room: room === '*' ? room : readName('room', 'room', room) };
    return { name: 'erase-room', payload, what: room };
  }
  if (inbox !== undefined && room === undefined) {
    const payload = { userId: readName('user', 'inbox', inbox) };
    return { name: 'erase-inbox', payload, what: `the inbox of ${inbox}` };
  }
  throw new Error(USAGE);
};

try {
  const { room, inbox, stage } = readOptions('room', 'inbox', 'stage');
  const { name, payload, what } = target(room, inbox);
  const { publications } = (await invokeFunction(name, payload, stage)) as { publications: number };
  console.log(`Erased ${publications} ${publications === 1 ? 'message' : 'messages'} of ${what}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

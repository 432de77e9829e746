import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { invokeFunction } from '../support/invoke-function.js';

const USAGE = 'Usage: npm run --silent erase -- --room lobby [--stage dev], or --inbox alice [--stage dev]';
answerHelp(
  USAGE,
  `Erases whatever was published in a room, or sent to a user: of the local program, or with --stage of a stage on AWS.`,
);

try {
  const { room, inbox, stage } = readOptions('room', 'inbox', 'stage');
  if ((room === undefined) === (inbox === undefined)) throw new Error(USAGE);
  const result =
    room === undefined
      ? await invokeFunction('erase-inbox', { userId: inbox }, stage)
      : await invokeFunction('erase-room', { room }, stage);
  const { publications } = result as { publications: number };
  const what = room ?? `the inbox of ${inbox}`;
  console.log(`Erased ${publications} ${publications === 1 ? 'message' : 'messages'} of ${what}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

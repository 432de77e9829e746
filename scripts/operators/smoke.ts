import { parseArgs } from 'node:util';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { runChecks } from '../support/check-list.js';
import { Conversation } from './smoke/conversation.js';

const USAGE = 'Usage: npm run smoke -- wss://… [--token …] [--token …] [--patience 15000]';
answerHelp(
  USAGE,
  `Two clients talk at any endpoint, through all that a client can do. Exits with 1 at the first thing that fails.
With one token, both clients are the same user. A guest needs none.`,
);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    token: { type: 'string', multiple: true, default: [] },
    patience: { type: 'string', default: '15000' },
  },
});

const [url] = positionals;
const patienceMs = Number(values.patience);
if (url === undefined || !/^wss?:/.test(url) || positionals.length > 1 || !(patienceMs > 0)) {
  console.error(USAGE);
  process.exit(2);
}

const conversation = new Conversation({ url, tokens: values.token });
const outcomes = await runChecks(conversation.checks(), patienceMs, console.log);
await conversation.end();
process.exit(outcomes.every(({ result }) => result === 'passed') ? 0 : 1);

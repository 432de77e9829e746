import { answerHelp } from '../../src/entry/local/answer-help.js';
import { runChecks } from '../support/check-list.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { readArguments } from '../support/read-arguments.js';
import { readEndpoint } from '../support/read-endpoint.js';
import { readNumber } from '../support/read-number.js';
import { Conversation } from './smoke/conversation.js';

const USAGE = 'Usage: npm run smoke -- wss://… [--token …] [--token …] [--patience 15000]';
answerHelp(
  USAGE,
  `Two clients talk at any endpoint, through all that a client can do. Exits with 1 at the first thing that fails.
With one token, both clients are the same user. A guest needs none.`,
);

const { url, tokens, patienceMs } = readArguments(USAGE, () => {
  const { values, positionals } = parseCommandLine({
    allowPositionals: true,
    options: {
      token: { type: 'string', multiple: true, default: [] },
      patience: { type: 'string', default: '15000' },
    },
  });
  const patienceMs = readNumber('patience', values.patience);
  return { url: readEndpoint(positionals), tokens: values.token, patienceMs };
});

const conversation = new Conversation({ url, tokens });
const outcomes = await runChecks(conversation.checks(), patienceMs, console.log);
await conversation.end();
process.exit(outcomes.every(({ result }) => result === 'passed') ? 0 : 1);

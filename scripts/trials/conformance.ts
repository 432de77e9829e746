import { answerHelp } from '../../src/entry/local/answer-help.js';
import { startSwitchboard } from '../../src/entry/local/start.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { readArguments } from '../support/read-arguments.js';
import { readEndpoint } from '../support/read-endpoint.js';
import { compare, contradicts, differences } from './conformance/compare.js';

const USAGE = 'Usage: npm run conformance -- wss://… [--token …]';
answerHelp(
  USAGE,
  `Does the same things to a local program and to any endpoint, and shows what can be seen of both. Exits with 1 when they
differ in something that the documentation of API Gateway settles.`,
);

const { url, token } = readArguments(USAGE, () => {
  const { values, positionals } = parseCommandLine({
    allowPositionals: true,
    options: { token: { type: 'string' } },
  });
  return { url: readEndpoint(positionals), token: values.token };
});

const local = await startSwitchboard({
  port: 0,
  memory: true,
  dataFolder: undefined,
  env: { LOG_LEVEL: 'silent' },
  gateway: { host: '127.0.0.1' },
});
const compared = await compare({ url: local.gateway.url }, { url, token }, console.log);
const named = differences(compared);
console.log(named.length === 0 ? '\nNo differences.' : `\nDifferences:\n\n${named.join('\n')}`);
await local.stop();
process.exit(compared.some(contradicts) ? 1 : 0);

import { parseArgs } from 'node:util';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { startSwitchboard } from '../../src/entry/local/start.js';
import { compare, contradicts, differences } from './conformance/compare.js';

const USAGE = 'Usage: npm run conformance -- wss://… [--token …]';
answerHelp(
  USAGE,
  `Does the same things to a local program and to any endpoint, and shows what can be seen of both. Exits with 1 when they
differ in something that the documentation of API Gateway settles.`,
);

const { values, positionals } = parseArgs({ allowPositionals: true, options: { token: { type: 'string' } } });
const [url] = positionals;
if (url === undefined || !/^wss?:/.test(url) || positionals.length > 1) {
  console.error(USAGE);
  process.exit(2);
}

const local = await startSwitchboard({
  port: 0,
  memory: true,
  dataFolder: undefined,
  env: { LOG_LEVEL: 'silent' },
  gateway: { host: '127.0.0.1' },
});
const compared = await compare({ url: local.gateway.url }, { url, token: values.token }, console.log);
const named = differences(compared);
console.log(named.length === 0 ? '\nNo differences.' : `\nDifferences:\n\n${named.join('\n')}`);
await local.stop();
process.exit(compared.some(contradicts) ? 1 : 0);

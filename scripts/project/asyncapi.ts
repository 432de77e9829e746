import { writeFileSync } from 'node:fs';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { CONTRACT, contract } from './asyncapi/contract.js';

answerHelp(
  'Usage: npm run asyncapi',
  `Writes docs/asyncapi.yaml from the schemas and from the conversations in docs/protocol.md.`,
);

writeFileSync(CONTRACT, contract());

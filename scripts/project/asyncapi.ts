import { writeFileSync } from 'node:fs';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { readArguments } from '../support/read-arguments.js';
import { CONTRACT, contract } from './asyncapi/contract.js';

const USAGE = 'Usage: npm run asyncapi';
answerHelp(
  USAGE,
  `Writes docs/asyncapi.yaml from the schemas and from the conversations in docs/protocol.md.`,
);
readArguments(USAGE, readOptions);

writeFileSync(CONTRACT, contract());

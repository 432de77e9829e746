import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { readArguments } from '../support/read-arguments.js';
import { derivePolicy } from './deployer-policy/derive-policy.js';

const USAGE = 'Usage: npx sls package --stage example, then npm run deployer-policy';
answerHelp(USAGE, `Writes deploy/deployer-policy.json from the packaged template.`);

const TEMPLATE = '.serverless/cloudformation-template-update-stack.json';

readArguments(USAGE, () => {
  readOptions();
  if (!existsSync(TEMPLATE)) throw new Error(`There is no ${TEMPLATE}. Package the stage first.`);
});

const template = JSON.parse(readFileSync(TEMPLATE, 'utf8'));
const types = Object.values(template.Resources as Record<string, { Type: string }>).map(({ Type }) => Type);

writeFileSync(
  'deploy/deployer-policy.json',
  `${JSON.stringify(derivePolicy(new Set(types), 'switchboard-'), undefined, 2)}\n`,
);

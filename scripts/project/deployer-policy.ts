import { readFileSync, writeFileSync } from 'node:fs';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { derivePolicy } from './deployer-policy/derive-policy.js';

answerHelp(
  'Usage: npx sls package --stage example, then npm run deployer-policy',
  `Writes deploy/deployer-policy.json from the packaged template.`,
);

const template = JSON.parse(readFileSync('.serverless/cloudformation-template-update-stack.json', 'utf8'));
const types = Object.values(template.Resources as Record<string, { Type: string }>).map(({ Type }) => Type);

writeFileSync(
  'deploy/deployer-policy.json',
  `${JSON.stringify(derivePolicy(new Set(types), 'switchboard-'), undefined, 2)}\n`,
);

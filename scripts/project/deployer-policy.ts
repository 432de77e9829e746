/** Writes deploy/deployer-policy.json from a packaged template: `npx sls package --stage example`, then this. */
import { readFileSync, writeFileSync } from 'node:fs';
import { derivePolicy } from './deployer-policy/derive-policy.js';

const template = JSON.parse(readFileSync('.serverless/cloudformation-template-update-stack.json', 'utf8'));
const types = Object.values(template.Resources as Record<string, { Type: string }>).map(({ Type }) => Type);

writeFileSync(
  'deploy/deployer-policy.json',
  `${JSON.stringify(derivePolicy(new Set(types), 'switchboard-'), undefined, 2)}\n`,
);

import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { derivePolicy, type Policy } from '../../../../scripts/project/deployer-policy/derive-policy.js';
import type { Stack } from '../support/stack.js';

const POLICY: Policy = JSON.parse(
  readFileSync(new URL('../../../../deploy/deployer-policy.json', import.meta.url), 'utf8'),
);

/** Actions for which AWS knows no narrower resource, or only ids that it makes. */
const ANYWHERE =
  /^(cloudformation:ValidateTemplate|logs:(\w+LogDelivery|ListLogDeliveries|PutResourcePolicy|Describe\w+)|lambda:\w+EventSourceMapping|ec2:Describe\w+)$/;

export const deployerSuite = (stack: () => Stack): void => {
  it('is deployed with the committed policy: run npx sls package --stage example && npm run deployer-policy', () => {
    const types = new Set(Object.values(stack().resources).map(({ Type }) => Type));

    expect(POLICY).toEqual(derivePolicy(types, 'switchboard-'));
  });

  it('is deployed by rights that name every action', () => {
    const actions = POLICY.Statement.flatMap(({ Action }) => Action);

    expect(actions.filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action))).toEqual([]);
  });

  it('is deployed by rights on resources of this name, or on ids that AWS makes', () => {
    const anywhere = POLICY.Statement.filter(({ Resource }) => Resource.includes('*'));
    const named = POLICY.Statement.filter((each) => !anywhere.includes(each)).flatMap(
      ({ Resource }) => Resource,
    );

    expect(anywhere.flatMap(({ Action }) => Action).filter((action) => !ANYWHERE.test(action))).toEqual([]);
    expect(
      named.filter((arn) => !/[:/]switchboard-|:apigateway:|event-source-mapping|ops\.apigateway/.test(arn)),
    ).toEqual([]);
  });

  it('is deployed by rights that fit in the policy of one role', () => {
    expect(JSON.stringify(POLICY).length).toBeLessThan(10_240);
  });

  it('is deployed by rights to pass roles to Lambda alone', () => {
    const passing = POLICY.Statement.filter(({ Action }) => Action.includes('iam:PassRole'));

    expect(passing.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    ]);
  });
};

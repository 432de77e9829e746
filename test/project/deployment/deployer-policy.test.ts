import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { derivePolicy, type Policy } from '../../../scripts/project/deployer-policy/derive-policy.js';

it('names a type that the policy does not cover, and where to add it', () => {
  expect(() => derivePolicy(['AWS::Lambda::Function', 'AWS::EC2::Instance'], 'chat-')).toThrow(
    'AWS::EC2::Instance is not in scripts/project/deployer-policy/resource-permissions.ts. Add what it needs.',
  );
});

it('a policy is for the names of one service, and says each statement once', () => {
  const types = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route', 'AWS::SNS::Topic'];
  const { Statement } = derivePolicy(types, 'chat-');

  expect(Statement.flatMap(({ Resource }) => Resource)).toContain('arn:aws:sns:*:*:chat-*');
  expect(Statement.filter(({ Resource }) => Resource.includes('arn:aws:apigateway:*::/apis'))).toHaveLength(
    1,
  );
});

it('the committed policy deploys functions in a VPC, whose network it may look at and not change', () => {
  const path = new URL('../../../deploy/deployer-policy.json', import.meta.url);
  const { Statement }: Policy = JSON.parse(readFileSync(path, 'utf8'));
  const network = Statement.flatMap(({ Action }) => Action).filter((action) => action.startsWith('ec2:'));

  expect(network.toSorted()).toEqual([
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  ]);
});

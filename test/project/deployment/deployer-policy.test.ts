import { expect, it } from '@jest/globals';
import { derivePolicy } from '../../../scripts/project/deployer-policy/derive-policy.js';

it('a type that the policy does not cover is named, and where to add it', () => {
  expect(() => derivePolicy(['AWS::Lambda::Function', 'AWS::EC2::Instance'], 'chat-')).toThrow(
    'AWS::EC2::Instance is not in scripts/project/deployer-policy/permissions.ts. Add what it needs.',
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

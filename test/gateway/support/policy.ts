import type { AuthorizerContext, AuthorizerResult } from '../../../gateway/lambda/event-shapes.js';

/** The result of an authorizer. */
export const policy = (
  effect: 'Allow' | 'Deny',
  resource: string,
  context: AuthorizerContext = {},
): AuthorizerResult => ({
  principalId: 'u1',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
  },
  context,
});

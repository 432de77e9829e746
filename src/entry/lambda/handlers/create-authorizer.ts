import * as z from 'zod/mini';
import type { AuthorizeConnection } from '../../../application/connections/authorize-connection.js';
import type { EventLog, EventOutcome } from '../../event-log.js';
import { toClientError } from '../frames/replies.js';
import type { AuthorizerResult } from './events.js';

const fields = z.optional(z.nullable(z.record(z.string(), z.string())));
const multiValueFields = z.optional(z.nullable(z.record(z.string(), z.array(z.string()))));

const Event = z.object({
  methodArn: z.string(),
  headers: fields,
  multiValueHeaders: multiValueFields,
  queryStringParameters: fields,
  multiValueQueryStringParameters: multiValueFields,
  requestContext: z.object({ requestId: z.string(), connectionId: z.string() }),
});

/**
 * The REQUEST authorizer of `$connect`.
 *
 * @throws Error `Unauthorized`, which API Gateway turns into 401; a Deny becomes 403, any other error 500
 */
export const createAuthorizer =
  (authorizeConnection: AuthorizeConnection, log: EventLog) =>
  async (input: unknown): Promise<AuthorizerResult> => {
    const { success, data: event } = Event.safeParse(input);
    if (!success) {
      log.warn({ outcome: 'ignored' }, 'This is not an event of a WebSocket authorizer');
      throw new Error('Unauthorized');
    }
    const { methodArn, requestContext, ...request } = event;
    const startedAt = performance.now();
    const logged = (outcome: EventOutcome) =>
      log.event({ ...requestContext, routeKey: 'authorizer' }, outcome, performance.now() - startedAt);
    const authorization = await authorizeConnection
      .execute({
        headers: request.headers,
        multiValueHeaders: request.multiValueHeaders,
        query: request.queryStringParameters,
        multiValueQuery: request.multiValueQueryStringParameters,
      })
      .catch((thrown: unknown) => {
        const error = toClientError(thrown);
        logged({ outcome: error.code, error });
        // Lambda logs the whole error that a function throws.
        throw new Error(error.code);
      });
    logged({ outcome: authorization.allowed ? 'ok' : authorization.reason });

    if (authorization.allowed) return allow(methodArn, authorization.userId, authorization.context);
    if (authorization.refused === 401) throw new Error('Unauthorized');
    return policy('refused', 'Deny', methodArn);
  };

const allow = (methodArn: string, userId: string, context: Record<string, string>): AuthorizerResult => ({
  ...policy(userId, 'Allow', methodArn),
  context,
});

const policy = (principalId: string, Effect: 'Allow' | 'Deny', methodArn: string): AuthorizerResult => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
  },
});

import type { IncomingMessage } from 'node:http';
import type { AuthorizerContext, AuthorizerEvent, AuthorizerResult } from '../lambda/event-shapes.js';
import type { InvocationOutcome } from '../lambda/integrations.js';

export type AuthorizerVerdict = { refused: 401 | 403 | 500 } | { context: AuthorizerContext };

/** Largest result of an authorizer, in bytes, as AWS limits it. */
const RESULT_BYTES = 8 * 1024;

/** Whether the request has everything that the authorizer's identity sources name. */
export const hasIdentity = (
  request: IncomingMessage,
  event: AuthorizerEvent,
  identitySource: readonly string[],
): boolean =>
  identitySource.every((source) => {
    const [, place, name = ''] =
      /^(?:route|method)\.request\.(header|querystring)\.(.+)$/.exec(source) ??
      /^(context|stageVariables)\.(.+)$/.exec(source) ??
      [];
    if (place === 'header') return Boolean(request.headers[name.toLowerCase()]);
    if (place === 'querystring') return Boolean(own(event.queryStringParameters, name));
    return Boolean(own(place === 'context' ? event.requestContext : event.stageVariables, name));
  });

const own = (record: object | undefined, name: string): unknown =>
  record && Object.hasOwn(record, name) ? (record as Record<string, unknown>)[name] : undefined;

/** Judges what the authorizer returned or threw. */
export const authorizerVerdict = (outcome: InvocationOutcome, methodArn: string): AuthorizerVerdict => {
  if ('threw' in outcome) return { refused: thrownMessage(outcome.threw) === 'Unauthorized' ? 401 : 500 };
  if ('timedOut' in outcome || !isAuthorizerResult(outcome.returned)) return { refused: 500 };
  const { principalId, policyDocument, context = {} } = outcome.returned;
  if (!allows(policyDocument.Statement, methodArn)) return { refused: 403 };
  // Templates get strings. It is unknown whether events do too, so handlers here get only strings.
  const values = Object.entries(context ?? {}).map(([name, value]) => [name, String(value)]);
  return { context: { principalId, ...Object.fromEntries(values) } };
};

/** A callback's error may be a string, and an error from another realm is not an instance of our `Error`. */
const thrownMessage = (threw: unknown): unknown =>
  typeof threw === 'object' && threw !== null && 'message' in threw ? threw.message : threw;

const isAuthorizerResult = (value: unknown): value is AuthorizerResult => {
  if (typeof value !== 'object' || value === null || Buffer.byteLength(JSON.stringify(value)) > RESULT_BYTES)
    return false;
  const { principalId, policyDocument, context } = value as Record<string, unknown>;
  const statements = (policyDocument as AuthorizerResult['policyDocument'] | null | undefined)?.Statement;
  return (
    typeof principalId === 'string' &&
    Array.isArray(statements) &&
    statements.every((statement) => statement?.Effect === 'Allow' || statement?.Effect === 'Deny') &&
    (context === undefined ||
      context === null ||
      (typeof context === 'object' &&
        Object.values(context).every((each) => ['string', 'number', 'boolean'].includes(typeof each))))
  );
};

/** IAM's rule: a matching Deny wins over every Allow, and without a matching Allow nothing is allowed. */
const allows = (statements: AuthorizerResult['policyDocument']['Statement'], methodArn: string): boolean => {
  const effects = statements
    .filter(({ Action, Resource }) => covers(Action, 'execute-api:Invoke') && covers(Resource, methodArn))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
};

const covers = (patterns: unknown, value: string): boolean =>
  [patterns].flat().some((pattern) => typeof pattern === 'string' && wildcard(pattern).test(value));

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );

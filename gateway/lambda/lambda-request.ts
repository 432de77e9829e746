import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackAddress } from '../http/host-name.js';
import { discardBody, readBody } from '../http/read-body.js';

export type InvokableFunction = (payload: unknown, context: { awsRequestId: string }) => Promise<unknown>;

export interface LambdaAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string> | undefined;
}

/** Largest payload of a synchronous invocation, in bytes, as Lambda limits it. */
const PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Handles the body of a request for an existing function. */
export type InvocationHandler = (
  fn: InvokableFunction,
  body: string,
  awsRequestId: string,
) => Promise<LambdaAnswer>;

/**
 * Answers a request to one of Lambda's addresses. It requires a signature, as Lambda does, but accepts any, so it answers
 * neither pages nor other machines. Invoke takes only POST; a function's URL takes any method.
 */
export const answerLambdaRequest = (
  fn: InvokableFunction | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  invocation: InvocationHandler,
  anyMethod = false,
): void => {
  const awsRequestId = randomUUID();
  answer(fn, request, anyMethod, (found, body) => invocation(found, body, awsRequestId))
    .then(({ status, body, headers }) => {
      const own = { 'content-type': 'application/json', 'x-amzn-requestid': awsRequestId };
      response.writeHead(status, { ...own, ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    })
    .catch(() => response.destroy());
};

const answer = async (
  fn: InvokableFunction | undefined,
  request: IncomingMessage,
  anyMethod: boolean,
  invoke: (fn: InvokableFunction, body: string) => Promise<LambdaAnswer>,
): Promise<LambdaAnswer> => {
  const status = refusedWith(request, anyMethod);
  if (status !== undefined) return refusal(request, status);
  if (!fn) return refusal(request, 404);
  const body = await readBody(request, PAYLOAD_BYTES);
  return body === undefined ? refusal(request, 413) : invoke(fn, body);
};

const refusal = (request: IncomingMessage, status: number): LambdaAnswer => {
  discardBody(request);
  return { status, body: { Message: MESSAGES.get(status) } };
};

const MESSAGES = new Map([
  [403, 'Not signed, or not by a program on this machine'],
  [404, 'Function not found'],
  [405, 'Only POST'],
  [413, `The payload has more than ${PAYLOAD_BYTES} bytes`],
]);

const refusedWith = (
  { headers, method, socket }: IncomingMessage,
  anyMethod: boolean,
): 403 | 405 | undefined => {
  const fromHere = headers.origin === undefined && isLoopbackAddress(socket.remoteAddress ?? '');
  const signed = headers.authorization?.startsWith('AWS4-HMAC-SHA256') === true;
  if (!fromHere || ((anyMethod || method === 'POST') && !signed)) return 403;
  return anyMethod || method === 'POST' ? undefined : 405;
};

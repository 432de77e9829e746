import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackAddress } from '../http/host-name.js';
import { discardBody, readBody } from '../http/read-body.js';

export type InvokableFunction = (payload: unknown) => Promise<unknown>;

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const PATH = /^\/2015-03-31\/functions\/([A-Za-z0-9_-]+)\/invocations$/;

/** Largest payload of a synchronous invocation, in bytes, as Lambda limits it. */
const PAYLOAD_BYTES = 6 * 1024 * 1024;

/**
 * Lambda's Invoke, for functions that no event reaches. It asks for a signature, as Lambda does, and believes any, so it
 * answers neither pages nor other machines.
 */
export const invokeApi =
  (functions: ReadonlyMap<string, InvokableFunction>) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, name] = PATH.exec(request.url ?? '') ?? [];
    if (name === undefined) return false;
    answer(functions.get(name), request)
      .then(({ status, body, headers }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      })
      .catch(() => response.destroy());
    return true;
  };

const answer = async (fn: InvokableFunction | undefined, request: IncomingMessage): Promise<Answer> => {
  const status = refusedWith(request);
  if (status !== undefined) return refusal(request, status);
  if (!fn) return refusal(request, 404);
  const payload = await readBody(request, PAYLOAD_BYTES);
  if (payload === undefined) return refusal(request, 413);
  try {
    return { status: 200, body: await fn(JSON.parse(payload || 'null')) };
  } catch (error) {
    const headers = { 'x-amz-function-error': 'Unhandled' };
    return { status: 200, body: { errorMessage: (error as Error).message }, headers };
  }
};

const refusal = (request: IncomingMessage, status: number): Answer => {
  discardBody(request);
  return { status, body: { Message: MESSAGES.get(status) } };
};

const MESSAGES = new Map([
  [403, 'Not signed, or not by a program on this machine'],
  [404, 'Function not found'],
  [405, 'Only POST'],
  [413, `The payload has more than ${PAYLOAD_BYTES} bytes`],
]);

const refusedWith = ({ headers, method, socket }: IncomingMessage): 403 | 405 | undefined => {
  const fromHere = headers.origin === undefined && isLoopbackAddress(socket.remoteAddress ?? '');
  if (!fromHere || (method === 'POST' && !headers.authorization?.startsWith('AWS4-HMAC-SHA256'))) return 403;
  return method === 'POST' ? undefined : 405;
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export type InvokableFunction = (payload: unknown) => Promise<unknown>;

const PATH = /^\/2015-03-31\/functions\/([A-Za-z0-9_-]+)\/invocations$/;

/**
 * Lambda's Invoke, for functions that no event reaches. It asks for a signature, as Lambda does, and believes any: a page
 * in a browser cannot send one here without asking first.
 */
export const invokeApi =
  (functions: ReadonlyMap<string, InvokableFunction>) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, name] = PATH.exec(request.url ?? '') ?? [];
    if (name === undefined) return false;
    invoke(functions.get(name), request, response).catch(() => response.destroy());
    return true;
  };

const invoke = async (
  fn: InvokableFunction | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

  const payload = await text(request);
  if (request.method !== 'POST') answer(405, { Message: 'Only POST' });
  else if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256'))
    answer(403, { Message: 'Not signed' });
  else if (!fn) answer(404, { Message: 'Function not found' });
  else {
    try {
      answer(200, await fn(JSON.parse(payload || 'null')));
    } catch (error) {
      answer(200, { errorMessage: (error as Error).message }, { 'x-amz-function-error': 'Unhandled' });
    }
  }
};

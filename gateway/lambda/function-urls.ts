import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerLambdaRequest, type InvokableFunction, type LambdaAnswer } from './lambda-request.js';

const PATH = /^\/functions\/([A-Za-z0-9_-]+)\/?$/;

/** Function URLs with IAM authentication: a request becomes an event of version 2.0, the result its response. */
export const functionUrls =
  (functions: ReadonlyMap<string, InvokableFunction>) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, name] = PATH.exec(request.url ?? '') ?? [];
    if (name === undefined) return false;
    answerLambdaRequest(functions.get(name), request, response, call(request), true);
    return true;
  };

const call =
  (request: IncomingMessage) => async (fn: InvokableFunction, body: string, awsRequestId: string) => {
    try {
      return toAnswer(await fn(urlEvent(request, body, awsRequestId), { awsRequestId }));
    } catch {
      return { status: 502, body: 'Internal Server Error' };
    }
  };

/** Bodies that are not text arrive in base64; `curl` sends a body as a form by default. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b)/;

const urlEvent = ({ headers, method, socket }: IncomingMessage, body: string, requestId: string) => {
  const isBase64Encoded = body !== '' && !TEXT.test(headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    requestContext: {
      accountId: '000000000000',
      apiId: 'localhost0',
      authentication: null,
      domainName: headers.host ?? '',
      domainPrefix: 'localhost0',
      http: {
        method,
        path: '/',
        protocol: 'HTTP/1.1',
        sourceIp: socket.remoteAddress,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body !== '' && { body: isBase64Encoded ? Buffer.from(body).toString('base64') : body }),
    isBase64Encoded,
  };
};

/** A result without a status is the body itself. */
const toAnswer = (result: unknown): LambdaAnswer => {
  const { statusCode, headers, body } = (result ?? {}) as Record<string, unknown>;
  if (typeof statusCode !== 'number') return { status: 200, body: result };
  return {
    status: statusCode,
    headers: headers as Record<string, string> | undefined,
    body: typeof body === 'string' ? body : '',
  };
};

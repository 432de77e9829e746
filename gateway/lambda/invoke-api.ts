import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerLambdaRequest, type InvocationHandler, type InvokableFunction } from './lambda-request.js';

const PATH = /^\/2015-03-31\/functions\/([A-Za-z0-9_-]+)\/invocations$/;

/** Lambda's Invoke API, for functions that programs call. */
export const invokeApi =
  (functions: ReadonlyMap<string, InvokableFunction>) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, name] = PATH.exec(request.url ?? '') ?? [];
    if (name === undefined) return false;
    answerLambdaRequest(functions.get(name), request, response, invoke);
    return true;
  };

const invoke: InvocationHandler = async (fn, body, awsRequestId) => {
  try {
    return {
      status: 200,
      body: JSON.stringify((await fn(JSON.parse(body || 'null'), { awsRequestId })) ?? null),
    };
  } catch (error) {
    const headers = { 'x-amz-function-error': 'Unhandled' };
    return { status: 200, body: { errorMessage: (error as Error).message }, headers };
  }
};

import type { IncomingMessage } from 'node:http';
import type { HttpRefusal } from './http-refusal.js';

/** Longest URL that API Gateway takes, in characters. */
const URL_LENGTH = 4_096;

/** Refuses a request that is not one HTTP/1.1 request to one host, whatever its path. */
export const checkRequest = (request: IncomingMessage): HttpRefusal | undefined => {
  const { httpVersion, rawHeaders, url = '' } = request;
  if (httpVersion !== '1.1') return { refused: 400, because: `it is HTTP/${httpVersion}` };
  // Node keeps the first of several in `headers`.
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts !== 1 || !request.headers.host) return { refused: 400, because: `it has ${hosts} Host headers` };
  const length = `ws://${request.headers.host}${url}`.length;
  return length > URL_LENGTH ? { refused: 414, because: `its URL has ${length} characters` } : undefined;
};

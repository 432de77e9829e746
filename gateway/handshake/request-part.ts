import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { requestPath } from '../http/request-path.js';
import type { HttpPart } from '../lambda/event-shapes.js';

const HOP_BY_HOP = new Set(['connection', 'upgrade']);

/** The upgrade request in events: with the headers `Connection` and `Upgrade` only for an authorizer. */
export const requestPart = (request: IncomingMessage, forAuthorizer: boolean): HttpPart => {
  const headers = new Map<string, { name: string; values: string[] }>();
  const add = (name: string, value: string) => {
    const key = name.toLowerCase();
    const entry = headers.get(key) ?? { name, values: [] };
    entry.values.push(value);
    headers.set(key, entry);
  };

  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (forAuthorizer || !HOP_BY_HOP.has(name.toLowerCase())) add(name, request.rawHeaders[index + 1] ?? '');
  }
  if (forAuthorizer && !headers.has('content-length')) add('content-length', '0');
  if (!headers.has('x-amzn-trace-id')) add('X-Amzn-Trace-Id', traceId());
  const forwardedFor = headers.get('x-forwarded-for')?.values ?? [];
  for (const name of ['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']) headers.delete(name);
  add('X-Forwarded-For', [...forwardedFor, sourceIp(request)].join(', '));
  add('X-Forwarded-Port', String(request.socket.localPort));
  add('X-Forwarded-Proto', 'http');

  const named = [...headers.values()].map(({ name, values }) => [name, values] as const);
  return { headers: lastOf(named), multiValueHeaders: allOf(named), ...query(request) };
};

/** An IPv4 client of a dual-stack socket shows as itself. */
export const sourceIp = (request: IncomingMessage): string =>
  (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');

type Named = (readonly [name: string, values: string[]])[];

const query = (request: IncomingMessage): Partial<HttpPart> => {
  const { url = '/' } = request;
  const parameters = new URLSearchParams(url.slice(requestPath(request).length));
  const named: Named = [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]);
  return named.length === 0
    ? {}
    : { queryStringParameters: lastOf(named), multiValueQueryStringParameters: allOf(named) };
};

/** `fromEntries` defines properties, so a header named `__proto__` is kept as data. */
const lastOf = (named: Named) =>
  Object.fromEntries(named.map(([name, values]) => [name, values.at(-1) ?? '']));
const allOf = (named: Named): Record<string, string[]> => Object.fromEntries(named);

const traceId = (): string =>
  `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;

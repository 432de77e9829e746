import type { WebSocketResult } from './event-shapes.js';

const KEYS = new Set(['statusCode', 'body', 'headers', 'multiValueHeaders', 'isBase64Encoded']);

/**
 * What API Gateway makes of a handler's result, or undefined when it cannot make anything of it: another top-level
 * key is enough for that. What AWS does with a missing status or a body that is no string is not known; both
 * are refused here, so that no handler comes to rely on them.
 */
export const proxyResult = (returned: unknown): WebSocketResult | undefined => {
  if (typeof returned !== 'object' || returned === null || Array.isArray(returned)) return undefined;
  if (!Object.keys(returned).every((key) => KEYS.has(key))) return undefined;
  const { statusCode, body, headers } = returned as Record<string, unknown>;
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  if (headers !== undefined && headers !== null && typeof headers !== 'object') return undefined;
  return {
    statusCode: Number(statusCode),
    ...(typeof body === 'string' && { body }),
    ...(headers && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    }),
  };
};

export const isSuccess = ({ statusCode }: WebSocketResult): boolean => statusCode >= 200 && statusCode < 300;

import type { WebSocketResult } from './event-shapes.js';

const KEYS = new Set(['statusCode', 'body', 'headers', 'multiValueHeaders', 'isBase64Encoded']);

/**
 * How API Gateway reads a handler's result, or undefined if it cannot use it: one unknown top-level key is enough for that.
 * It is unknown what AWS does with a missing status or a body that is not a string; both are refused here, so that no
 * handler relies on them.
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

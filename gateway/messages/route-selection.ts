type Part = { literal: string } | { path: string[] };

const VARIABLE =
  /\\\$|\$\{request\.body((?:\.[^.[\]{}]+|\[[^\]]*\])*)\}|\$request\.body((?:\.[A-Za-z0-9_-]+|\[[^\]]*\])*)/g;
const STEP = /\.([^.[\]{}]+)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]/g;

/**
 * Compiles a route selection expression into a function from the text of a message to a route key.
 *
 * Variables are `$request.body.a.b`, `${request.body.a}/${request.body.b}` and `$request.body['a.b']`; a dollar sign
 * is escaped as `\$`. `undefined` means that the expression cannot be evaluated against the message.
 */
export const routeSelection = (expression: string): ((body: string) => string | undefined) => {
  const parts = parse(expression);
  const [only] = parts;
  if (parts.length === 1 && only && 'path' in only)
    return (body) => stringified(valueAt(json(body), only.path));
  return (body) => {
    const message = json(body);
    if (message === undefined && parts.some((part) => 'path' in part)) return undefined;
    return parts
      .map((part) => ('literal' in part ? part.literal : (stringified(valueAt(message, part.path)) ?? '')))
      .join('');
  };
};

const parse = (expression: string): Part[] => {
  const parts: Part[] = [];
  let end = 0;
  for (const match of expression.matchAll(VARIABLE)) {
    if (match.index > end) parts.push({ literal: expression.slice(end, match.index) });
    parts.push(match[0] === '\\$' ? { literal: '$' } : { path: steps(match[1] ?? match[2] ?? '') });
    end = match.index + match[0].length;
  }
  if (end < expression.length) parts.push({ literal: expression.slice(end) });
  return parts;
};

const steps = (path: string): string[] =>
  [...path.matchAll(STEP)].map((step) => step[1] ?? step[2] ?? step[3] ?? step[4] ?? '');

const json = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** Only own properties: `constructor` and `__proto__` are ordinary names in a message. */
const valueAt = (message: unknown, path: string[]): unknown => {
  let value = message;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
};

/** A value nested deeper than one array cannot name a route, and is not walked, because the client chooses the depth. */
const stringified = (value: unknown): string | undefined => {
  if (Array.isArray(value)) {
    const items = value.map((item) => (item === null ? 'null' : scalar(item)));
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  return scalar(value);
};

const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;

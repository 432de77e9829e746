/** DynamoDB's own form of values: `{ S: 'text' }`, `{ N: '1' }`, `{ SS: ['a'] }`. */
export type Values = Record<string, Record<string, unknown>>;

const DIGITS = 38;

export const valueObjections = (values: Values): string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    Object.entries(value).flatMap(([type, content]) => contentObjections(name, type, content)),
  );

const contentObjections = (name: string, type: string, content: unknown): string[] => {
  if (/^[SNB]S$/.test(type)) {
    const members = content as unknown[];
    if (members.length === 0) return [`the set ${name} is empty`];
    return new Set(members).size === members.length ? [] : [`the set ${name} has a member twice`];
  }
  if (type === 'N') return isNumber(String(content)) ? [] : [`${name} is not a number of DynamoDB`];
  return /^(S|B|BOOL|NULL|M|L)$/.test(type) ? [] : [`${name} has the unknown type ${type}`];
};

const isNumber = (text: string): boolean => {
  const magnitude = Math.abs(Number(text));
  const digits = text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length <= DIGITS && (magnitude === 0 || (magnitude >= 1e-130 && magnitude < 1e126));
};

/** The size of names and values; for numbers, at least what DynamoDB counts. */
export const bytesIn = (values: Values): number =>
  Object.entries(values).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(JSON.stringify(value)),
    0,
  );

type Line = Record<string, unknown>;

const CONDITION = /^\$\.([\w.]+) (?:(=|!=|>) (\S+)|IS (TRUE|FALSE))$/;

/**
 * As much of CloudWatch's JSON filter patterns as the template uses. A condition on a field that a line lacks does not hold.
 *
 * @throws Error for anything else
 */
export const matchesPattern = (pattern: string, line: Line): boolean =>
  pattern
    .replace(/^\{ (.*) \}$/, '$1')
    .split(' || ')
    .some((alternative) =>
      alternative
        .replace(/^\((.*)\)$/, '$1')
        .split(' && ')
        .every((condition) => holds(condition, line)),
    );

/** The value at a path such as `$.tally.failed`. */
export const valueAt = (path: string, line: Line): unknown =>
  path
    .replace('$.', '')
    .split('.')
    .reduce<unknown>((value, name) => (value as Line | undefined)?.[name], line);

const holds = (condition: string, line: Line): boolean => {
  const [, path = '', operator, literal = '', truth] = CONDITION.exec(condition) ?? [];
  if (path === '') throw new Error(`What is this condition? ${condition}`);
  const value = valueAt(path, line);
  if (value === undefined) return false;
  if (truth !== undefined) return value === (truth === 'TRUE');
  const expected = JSON.parse(literal) as unknown;
  if (operator === '=') return value === expected;
  return operator === '!=' ? value !== expected : Number(value) > Number(expected);
};

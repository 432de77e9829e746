/** The supported part of Lambda's event filter syntax: values, `exists` and `prefix`. */
export type FilterPattern = { [field: string]: FilterPattern | FilterRule[] };

export type FilterRule = string | null | { exists: boolean } | { prefix: string };

/** Whether a record matches the whole pattern. */
export const matches = (pattern: FilterPattern, record: unknown): boolean =>
  Object.entries(pattern).every(([field, asked]) => {
    const value = (record as Record<string, unknown> | null | undefined)?.[field];
    return Array.isArray(asked) ? asked.some((rule) => holds(rule, value)) : matches(asked, value);
  });

const holds = (rule: FilterRule, value: unknown): boolean => {
  if (rule === null || typeof rule === 'string') return value === rule;
  if ('exists' in rule) return (value !== undefined) === rule.exists;
  return typeof value === 'string' && value.startsWith(rule.prefix);
};

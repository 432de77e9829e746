/** The language's own name for a kind of value: `Object` for a plain object. */
export const tagOf = (value: unknown): string => ({}).toString.call(value).slice(8, -1);

/** What kind of value it is, by the language's own name: `Object` of one whose own fields are all there is to it. */
export const tagOf = (value: unknown): string => ({}).toString.call(value).slice(8, -1);

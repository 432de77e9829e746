import { JsonText } from './json-text.js';

/** Like `JSON.stringify`, for plain values; it inserts each `JsonText` unchanged. */
export const writeJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof JsonText) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  // One string that grows: a reply of 100 items has 600 members, and is written twice.
  let members = '';
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) members += `${members && ','}${JSON.stringify(name)}:${writeJson(member)}`;
  return `{${members}}`;
};

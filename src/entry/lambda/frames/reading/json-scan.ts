/** Facts about a JSON text before it is parsed. For invalid JSON the result is unspecified. */
export interface JsonScan {
  /** How deep objects and arrays are nested. */
  depth: number;
  /** The texts of all values of the outermost object's `action`: `JSON.parse` keeps only the last. */
  actions: string[];
}

export const scan = (text: string): JsonScan => {
  const actions: string[] = [];
  let depth = 0;
  let deepest = 0;
  let lastString = '';
  let valueStart = -1;

  const endValue = (end: number): void => {
    if (valueStart >= 0) actions.push(text.slice(valueStart, end));
    valueStart = -1;
  };

  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '"') {
      const end = endOfString(text, i);
      if (depth === 1) lastString = text.slice(i, end + 1);
      i = end;
    } else if (char === '{' || char === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (char === '}' || char === ']') {
      if (depth === 1) endValue(i);
      depth -= 1;
    } else if (depth === 1 && char === ',') {
      endValue(i);
    } else if (depth === 1 && char === ':' && isAction(lastString)) {
      valueStart = i + 1;
    }
  }
  return { depth: deepest, actions };
};

/** The index of the closing quote, or of the end of the text. */
const endOfString = (text: string, start: number): number => {
  for (let i = start + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i;
  }
  return text.length;
};

const LONGEST_SPELLING = '"\\u0061\\u0063\\u0074\\u0069\\u006f\\u006e"'.length;

const isAction = (key: string): boolean => {
  if (key.length > LONGEST_SPELLING) return false;
  try {
    return JSON.parse(key) === 'action';
  } catch {
    return false;
  }
};

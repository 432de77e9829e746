const ADDRESS = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"“”«»]+/giu;

/** The sentence's own punctuation behind an address, and a bracket that was opened before it. */
const withoutPunctuation = (address) => {
  const bare = address.replace(/[.,;:!?'’*_]+$/, '');
  const isInBrackets = bare.endsWith(')') && !bare.includes('(');
  return bare === address && !isInBrackets
    ? bare
    : withoutPunctuation(isInBrackets ? bare.slice(0, -1) : bare);
};

/** A text in pieces: strings, and `{ href, text }` for addresses of http and https. */
export const piecesOf = (text) => {
  const pieces = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(match);
    if (!URL.canParse(address)) continue;
    pieces.push(text.slice(end, index), { href: new URL(address).href, text: address });
    end = index + address.length;
  }
  pieces.push(text.slice(end));
  return pieces.filter((piece) => piece !== '');
};

/** What to tell the user about a room that does not let them in. `enter` tries again. */
export const refusalOf = ({ name, unsent }, { message, code }, enter) => {
  const text = `You are not in ${name}: ${message} (${code})`;
  if (!unsent) return { text };
  return { text: `${text} Your unsent text is kept.`, button: 'Join again', action: enter };
};

/** Calls `end` when what the program writes is read no more, as by `head -3`. Unheard, that ends it with a stack. */
export const onClosedOutput = (end: () => void): void => {
  for (const output of [process.stdout, process.stderr]) output.on('error', end);
};

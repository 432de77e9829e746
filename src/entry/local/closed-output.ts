/** Calls `end` when the reader of the output has gone, such as `head -3`. Without a listener, Node prints a stack. */
export const onClosedOutput = (end: () => void): void => {
  for (const output of [process.stdout, process.stderr]) output.on('error', end);
};

const WIDTH = 30;

/** On a terminal it redraws one line; elsewhere it prints a line for each tenth. */
export const progressBar = (out: NodeJS.WriteStream) => {
  let printed = '';
  return (phase: string, done: number, total: number): void => {
    const share = total === 0 ? 1 : done / total;
    const filled = Math.round(share * WIDTH);
    const line = `${phase.padEnd(11)} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done} of ${total}`;
    if (out.isTTY) out.write(`\r\x1b[K${line}${share === 1 ? '\n' : ''}`);
    else if (printed !== `${phase} ${Math.floor(share * 10)}`) out.write(`${line}\n`);
    printed = `${phase} ${Math.floor(share * 10)}`;
  };
};

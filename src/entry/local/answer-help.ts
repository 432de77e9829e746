/**
 * Answers `--help` with how a command is called and what it does, and ends it. First in each script: nothing is done, and
 * nothing else of its arguments has to be right.
 */
export const answerHelp = (usage: string, what: string): void => {
  if (!process.argv.slice(2).includes('--help')) return;
  console.log(`${usage}\n\n${what}`);
  process.exit(0);
};

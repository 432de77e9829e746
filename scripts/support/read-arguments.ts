/**
 * Reads the command line with `read`. If that fails, the command prints the mistake and its usage, and exits with 2 before it has
 * done anything: 1 says that it ran and found something wrong.
 */
export const readArguments = <T>(usage: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
};

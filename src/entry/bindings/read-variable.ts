/**
 * Reads a variable's value with `read`.
 *
 * @throws Error with one line that names the variable
 */
export const readVariable = <T>(variable: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new Error(`${variable}: ${(error as Error).message}`, { cause: error });
  }
};

/**
 * `given`, if it is a version after `current`.
 *
 * @throws Error with one line that names the mistake
 */
export const nextVersion = (given: string, current: string): string => {
  const numbers = (version: string) => version.split('.').map(Number);
  if (!/^\d+\.\d+\.\d+$/.test(given)) throw new Error(`${given} is no version. Example: 1.2.0`);
  const [major = 0, minor = 0, patch = 0] = numbers(given).map((n, i) => n - (numbers(current)[i] ?? 0));
  if ((major || minor || patch) <= 0)
    throw new Error(`${given} is not after ${current}. Choose a later one.`);
  return given;
};

/**
 * The value of an option that counts something.
 *
 * @throws Error with one line that names the option
 */
export const readNumber = (name: string, text: string, kind: 'whole' | 'any' = 'any'): number => {
  const value = Number(text);
  const fits = kind === 'whole' ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!fits || value <= 0)
    throw new Error(`--${name} ${text} is not a ${kind === 'whole' ? 'whole ' : ''}number above 0`);
  return value;
};

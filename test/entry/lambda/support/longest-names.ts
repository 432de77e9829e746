export const userOf = (n: number): string => `https://issuer.example/users/${n}/`.padEnd(256, '~');
export const roomOf = (n: number): string => `${n}-`.padEnd(64, 'r');
/** The user who asks. */
export const ME = userOf(0);
export const LONGEST_ID = 'i'.repeat(64);

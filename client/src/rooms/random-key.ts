const LENGTH = 24;

/** An idempotency key: 24 characters of 36, about 124 bits. */
export const randomKey = (random: () => number): string =>
  Array.from({ length: LENGTH }, () => Math.floor(random() * 36).toString(36)).join('');

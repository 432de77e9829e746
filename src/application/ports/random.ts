/** Where ids and jitter come from. */
export interface Random {
  /** Uniform in [0, 1). */
  number(): number;
  /** As many of `[a-z0-9]`, not to be guessed. */
  id(length: number): string;
}

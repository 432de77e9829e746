/** The source of ids and jitter. */
export interface Random {
  /** Uniform in [0, 1). */
  number(): number;
  /** This many characters of `[a-z0-9]`, which cannot be guessed. */
  id(length: number): string;
}

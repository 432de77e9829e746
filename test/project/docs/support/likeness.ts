/**
 * Grammars of values that differ each time; all other text of a page has to match exactly. A room may be called
 * `constructor`.
 */
const VARYING: ReadonlyMap<string, RegExp> = new Map([
  ['epoch', /^\d{13}-[a-z0-9]{6}$/],
  ['id', /^[a-z0-9]{20}$/],
  ['at', /^\d{13}$/],
  ['expiresAt', /^\d{13}$/],
  ['retryAfterMs', /^\d+$/],
  ['rolled', /^[1-6]$/],
  ['connectionId', /^[A-Za-z0-9_-]{8,}=$/],
  ['requestId', /^[A-Za-z0-9_-]{8,}=$/],
]);

/**
 * Compares documented frames with real ones. Epochs differ each time, so it remembers the real epoch for each
 * documented one: the same has to stay the same.
 */
export class Likeness {
  readonly #epochs = new Map<string, string>();

  /** A documented text in the form to send. */
  translate(text: string): string {
    let translated = text;
    for (const [documented, real] of this.#epochs) translated = translated.replaceAll(documented, real);
    return translated;
  }

  /** The real frame, with the documented values where the two may differ. */
  asDocumented(real: unknown, documented: unknown, name = ''): unknown {
    const varying = VARYING.get(name);
    if (varying?.test(String(real)) && varying.test(String(documented)) && typeof real === typeof documented)
      return name === 'epoch' ? this.#epoch(String(real), String(documented)) : documented;
    if (Array.isArray(real) && Array.isArray(documented))
      return real.map((each, index) => this.asDocumented(each, documented[index]));
    if (!isRecord(real) || !isRecord(documented)) return real;
    return Object.fromEntries(
      Object.entries(real).map(([key, value]) => [key, this.asDocumented(value, documented[key], key)]),
    );
  }

  #epoch(real: string, documented: string): string {
    const known = this.#epochs.get(documented);
    if (known === undefined) this.#epochs.set(documented, real);
    return known === undefined || known === real ? documented : `another one than before: ${real}`;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

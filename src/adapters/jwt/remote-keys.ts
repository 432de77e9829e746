import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import type { Clock } from '../../application/ports/clock.js';

const FETCH_INTERVAL_MS = 10_000;
/** A withdrawn key stops working after this time. */
const FRESH_MS = 10 * 60_000;
const USABLE_MS = 3_600_000;
const TIMEOUT_MS = 3_000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The URL does not answer, and the known keys are too old. */
export class KeysUnavailable extends Error {}

/**
 * The keys at a JWKS URL. jose's own remote set forgets its keys ten minutes after the last success and has no pause
 * after a failure. Here keys stay valid for an hour while the URL is down, and a pause follows every attempt, whatever its
 * outcome and its key. Per process: ten Lambda instances make ten fetches.
 */
export class RemoteKeys {
  readonly #url: string;
  #keys: LocalJWKSet | undefined;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #attempt: Promise<void> | undefined;

  /** @throws Error for a URL without https: anyone on the network path could replace the keys */
  constructor(
    url: string,
    private readonly clock: Clock,
    private readonly fetch: Fetch,
  ) {
    const { protocol, hostname, href } = new URL(url);
    const loopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
    if (protocol !== 'https:' && !(protocol === 'http:' && loopback)) {
      throw new Error('The JWKS URL has to be https, or http on this machine');
    }
    this.#url = href;
  }

  readonly find = async (header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> => {
    if (!this.#isWithin(FRESH_MS)) await this.#refresh();
    const known = this.#usableKeys();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#refresh();
      const renewed = this.#usableKeys();
      if (renewed === known) throw error;
      return await renewed(header, token);
    }
  };

  #usableKeys(): LocalJWKSet {
    if (!this.#keys || !this.#isWithin(USABLE_MS)) throw new KeysUnavailable();
    return this.#keys;
  }

  #isWithin(duration: number): boolean {
    return this.clock.now() - this.#fetchedAt < duration;
  }

  /** Callers that arrive during an attempt share it. */
  async #refresh(): Promise<void> {
    if (!this.#attempt) {
      if (this.clock.now() - this.#attemptedAt < FETCH_INTERVAL_MS) return;
      this.#attemptedAt = this.clock.now();
      this.#attempt = this.#load().finally(() => {
        this.#attempt = undefined;
      });
    }
    await this.#attempt;
  }

  /** A failure does not change the known keys: their age decides whether they are still usable. */
  async #load(): Promise<void> {
    try {
      const response = await this.fetch(this.#url, {
        headers: { accept: 'application/jwk-set+json, application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status !== 200) return await response.body?.cancel();
      const keys = createLocalJWKSet((await response.json()) as Parameters<typeof createLocalJWKSet>[0]);
      this.#keys = keys;
      this.#fetchedAt = this.clock.now();
    } catch {
      return;
    }
  }
}

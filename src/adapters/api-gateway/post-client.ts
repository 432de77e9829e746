import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Pool } from 'undici';
import type { Clock } from '../../application/ports/clock.js';
import type { FrameBody } from './frame-bodies.js';
import { PendingPost } from './pending-post.js';
import type { HttpAnswer, PostAnswer } from './post-answer.js';
import { PostSigner, type SigningCredentials } from './post-signer.js';

export interface PostClientOptions {
  /** As the management client's. */
  endpoint: string;
  maxSockets: number;
  /** Certificates to trust in place of Node's. */
  ca?: string | undefined;
}

const CONNECT_MS = 1_000;

/** AWS refuses signatures that are five minutes off. */
const TOLERATED_MS = 240_000;

/**
 * A frozen process learns late, or never, which of its sockets were closed meanwhile, and undici's own timers stand still
 * with it: after so long, sockets are not used again.
 */
const IDLE_MS = 30_000;

/**
 * `POST @connections/…`, which is nearly all that happens here, at an eighth of what it costs through the SDK. Region,
 * credentials and what is known of the clock's error are those of the SDK's client.
 */
export class PostClient {
  readonly #endpoint: URL;
  #pool: Pool | undefined;
  #signer: PostSigner | undefined;
  #credentials: SigningCredentials | undefined;
  #credentialsAt = 0;
  #usedAt = 0;

  constructor(
    private readonly sdk: ApiGatewayManagementApiClient,
    private readonly clock: Clock,
    private readonly options: PostClientOptions,
  ) {
    this.#endpoint = new URL(options.endpoint);
  }

  /** Tried once, and again if the clock turned out to be wrong; never rejects. */
  async post(connectionId: string, body: FrameBody, timeoutMs: number): Promise<PostAnswer> {
    const now = this.clock.now();
    try {
      if (!this.#pool || now - this.#usedAt > IDLE_MS) await this.#open();
      this.#usedAt = now;
      if (now - this.#credentialsAt >= 1_000 || now < this.#credentialsAt) await this.#ask(now);
    } catch (error) {
      return { error: error as Error };
    }
    const at = now + this.sdk.config.systemClockOffset;
    const answer = await this.#dispatch(connectionId, body, at, timeoutMs);
    return 'status' in answer && answer.status === 403 && this.#wasWrong(at, answer)
      ? this.#dispatch(connectionId, body, now + this.sdk.config.systemClockOffset, timeoutMs)
      : answer;
  }

  #dispatch(connectionId: string, body: FrameBody, at: number, timeoutMs: number): Promise<PostAnswer> {
    const signer = this.#signer as PostSigner;
    const { path, headers } = signer.sign(
      connectionId,
      body.hash,
      at,
      this.#credentials as SigningCredentials,
    );
    return new Promise((settle) => {
      const handler = new PendingPost(settle, timeoutMs);
      this.#pool?.dispatch({ method: 'POST', path, headers, body: body.bytes }, handler);
    });
  }

  /** Learns from the `Date` of a refusal, as the SDK does. */
  #wasWrong(at: number, { headers }: HttpAnswer): boolean {
    const date = Date.parse(String(headers.date));
    if (!(Math.abs(date - at) > TOLERATED_MS)) return false;
    this.sdk.config.systemClockOffset = date - this.clock.now();
    return true;
  }

  async destroy(): Promise<void> {
    await this.#pool?.destroy();
  }

  /** Loads undici with the first push: an instance that pushes nothing need not pay for it. */
  async #open(): Promise<void> {
    const { default: Pool } = await import('undici/lib/dispatcher/pool.js');
    if (this.#pool && this.clock.now() - this.#usedAt <= IDLE_MS) return;
    const { maxSockets, ca } = this.options;
    void this.#pool?.destroy();
    this.#pool = new Pool(this.#endpoint.origin, {
      connections: maxSockets,
      connect: { timeout: CONNECT_MS, ...(ca !== undefined && { ca }) },
      keepAliveTimeout: IDLE_MS,
      // Every post has a timer of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#usedAt = this.clock.now();
  }

  /** Once a second; the SDK keeps them, and renews them before they expire. */
  async #ask(now: number): Promise<void> {
    this.#signer ??= new PostSigner(this.#endpoint, await this.sdk.config.region());
    this.#credentials = await this.sdk.config.credentials();
    this.#credentialsAt = now;
  }
}

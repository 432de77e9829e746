import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Clock } from '../../../application/ports/clock.js';
import type { FrameBody } from './frame-bodies.js';
import { PendingPost } from './pending-post.js';
import { type HttpAnswer, headerOf, type PostAnswer } from './post-answer.js';
import { PostSigner, type SigningCredentials } from './signing/post-signer.js';
import { Sockets } from './sockets.js';

export interface PostClientOptions {
  /** Like that of the management client. */
  endpoint: string;
  /** Certificates to trust in place of Node's. */
  ca?: string | undefined;
}

/** The receiver of the answer to a post. */
export interface Answered {
  answered(answer: PostAnswer): void;
}

/** AWS refuses signatures that are five minutes off. */
const TOLERATED_MS = 240_000;

/**
 * `POST @connections/…`, by far the most frequent call, at an eighth of its cost through the SDK. It uses the region, the
 * credentials and the clock correction of the SDK's client.
 */
export class PostClient {
  readonly #endpoint: URL;
  readonly #sockets: Sockets;
  #signer: PostSigner | undefined;
  #credentials: SigningCredentials | undefined;
  #credentialsAt = 0;

  constructor(
    private readonly sdk: ApiGatewayManagementApiClient,
    private readonly clock: Clock,
    { endpoint, ca }: PostClientOptions,
  ) {
    this.#endpoint = new URL(endpoint);
    this.#sockets = new Sockets(this.#endpoint.origin, ca);
  }

  /** Tries once, and again if the clock was wrong. A failure is an answer too. */
  post(connectionId: string, body: FrameBody, timeoutMs: number, by: Answered): void {
    const now = this.clock.now();
    if (this.#sockets.ready(now) && this.#knowsCredentials(now))
      this.#dispatch(connectionId, body, now, timeoutMs, by);
    else
      void this.#prepare(now)
        .then(() => this.#dispatch(connectionId, body, now, timeoutMs, by))
        .catch((error: Error) => by.answered({ error }));
  }

  #dispatch(
    connectionId: string,
    body: FrameBody,
    now: number,
    timeoutMs: number,
    by: Answered,
    again = true,
  ): void {
    const at = now + this.sdk.config.systemClockOffset;
    const signer = this.#signer as PostSigner;
    const credentials = this.#credentials as SigningCredentials;
    const { path, headers } = signer.sign(connectionId, body.hash, at, credentials);
    const client = this.#sockets.take();
    const settle = (answer: PostAnswer): void => {
      if (again && 'status' in answer && answer.status === 403 && this.#wasWrong(at, answer))
        this.#dispatch(connectionId, body, now, timeoutMs, by, false);
      else by.answered(answer);
    };
    const handler = new PendingPost(client, this.#sockets, settle, timeoutMs);
    client.dispatch({ method: 'POST', path, headers, body: body.bytes }, handler);
  }

  /** Learns from the `Date` of a refusal, as the SDK does. */
  #wasWrong(at: number, answer: HttpAnswer): boolean {
    const date = Date.parse(String(headerOf(answer, 'date')));
    if (!(Math.abs(date - at) > TOLERATED_MS)) return false;
    this.sdk.config.systemClockOffset = date - this.clock.now();
    return true;
  }

  async destroy(): Promise<void> {
    await this.#sockets.destroy();
  }

  /** Cached for a second; the SDK keeps them, and renews them before they expire. */
  #knowsCredentials(now: number): boolean {
    return now - this.#credentialsAt < 1_000 && now >= this.#credentialsAt;
  }

  async #prepare(now: number): Promise<void> {
    if (!this.#sockets.ready(now)) await this.#sockets.open(now);
    if (this.#knowsCredentials(now)) return;
    this.#signer ??= new PostSigner(this.#endpoint, await this.sdk.config.region());
    this.#credentials = await this.sdk.config.credentials();
    this.#credentialsAt = now;
  }
}

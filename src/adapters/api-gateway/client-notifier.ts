import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { ClientNotifier, SendOptions, SendOutcome } from '../../application/ports/client-notifier.js';
import type { Clock } from '../../application/ports/clock.js';
import type { ApiClock } from './posts/api-clock.js';
import type { PostSender, PushFailure } from './posts/post-sender.js';

/** Pushes through the `@connections` API: posts by a faster way of their own, the rarer calls through the SDK's client. */
export class ApiGatewayClientNotifier implements ClientNotifier {
  constructor(
    private readonly api: ApiGatewayManagementApiClient,
    private readonly posts: PostSender,
    private readonly clock: Clock,
    private readonly apiClock: ApiClock,
    private readonly onFailure: (failure: PushFailure) => void = () => {},
  ) {}

  send(connectionId: string, frame: string, deadline: number, options?: SendOptions): Promise<SendOutcome> {
    return this.posts.send(connectionId, frame, deadline, options);
  }

  async close(connectionId: string, deadline: number): Promise<void> {
    const command = new DeleteConnectionCommand({ ConnectionId: connectionId });
    try {
      await this.api.send(command, { abortSignal: this.#until(deadline) });
    } catch (error) {
      if (!isGone(error)) this.onFailure({ connectionId, error });
    }
  }

  async probe(connectionId: string, deadline: number): Promise<'open' | 'gone' | 'unknown'> {
    const command = new GetConnectionCommand({ ConnectionId: connectionId });
    try {
      await this.api.send(command, { abortSignal: this.#until(deadline) });
      return 'open';
    } catch (error) {
      if (!isGone(error)) return 'unknown';
      this.apiClock.hear((error as Answered).$response?.headers?.date);
      return 'gone';
    }
  }

  now(): number | undefined {
    return this.apiClock.now();
  }

  /** Closes the remaining sockets. */
  async destroy(): Promise<void> {
    this.api.destroy();
    await this.posts.destroy();
  }

  #until(deadline: number): AbortSignal {
    return AbortSignal.timeout(Math.max(0, deadline - this.clock.now()));
  }
}

/** An error of the SDK, with the answer that caused it. */
interface Answered {
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: { date?: string } };
}

/** API Gateway answers 400 for an id it never issued. The error's name is unreliable: a bare 410 has none. */
const isGone = (error: unknown): boolean => {
  const status = (error as Answered).$metadata?.httpStatusCode;
  return status === 410 || status === 400;
};

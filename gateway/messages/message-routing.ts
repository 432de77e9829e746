import { ENDINGS, type OpenConnection } from '../connections/open-connection.js';
import type { GatewayLimits, Route } from '../gateway-options.js';
import { describeFailure, type Integrations } from '../lambda/integrations.js';
import type { LambdaEvents } from '../lambda/lambda-events.js';
import { proxyResult } from '../lambda/proxy-result.js';
import type { Meter } from '../meter.js';
import { TokenBucket } from '../token-bucket.js';
import { routeSelection } from './route-selection.js';

/** Hands messages of clients to their handlers, all at once: it keeps no order. */
export class MessageRouting {
  readonly #select: (body: string) => string | undefined;
  readonly #rate: TokenBucket;

  constructor(
    private readonly routes: ReadonlyMap<string, Route>,
    expression: string,
    private readonly events: LambdaEvents,
    private readonly integrations: Integrations,
    private readonly limits: GatewayLimits,
    private readonly meter: Meter,
    private readonly log: (line: string) => void,
  ) {
    this.#select = routeSelection(expression);
    this.#rate = new TokenBucket(limits.messagesPerSecond);
  }

  async dispatch(connection: OpenConnection, body: string): Promise<void> {
    const { connectionId } = connection.peer;
    this.meter.message('received', body);
    if (!this.#rate.take()) {
      this.log(`MESSAGE ${connectionId} over the rate, closing`);
      connection.close(ENDINGS.throttled);
      return;
    }
    const routeKey = this.#routeKey(body);
    const route = this.routes.get(routeKey);
    const event = this.events.message(connection.peer, routeKey, body);
    const { requestId, messageId } = event.requestContext;
    const reply = (text: string) => {
      if (connection.send(text)) this.meter.message('replies', text);
    };
    const fail = (message: string) => {
      reply(`{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`);
    };

    if (!route) {
      this.log(`MESSAGE ${connectionId} has no route`);
      fail('Forbidden');
      return;
    }
    if (route.model && !route.model(parsed(body))) {
      this.log(`MESSAGE ${connectionId} ${routeKey} does not fit the model`);
      reply(
        `{"message" : "Bad request body", "connectionId": "${connectionId}", "messageId": "${messageId}"}`,
      );
      return;
    }
    if (route.invokable === false) {
      fail('Internal server error');
      return;
    }
    const startedAt = performance.now();
    const timeoutMs = route.timeoutMs ?? this.limits.integrationMs;
    const outcome = await this.integrations.invoke(routeKey, route.handler, event, timeoutMs);
    const result = 'returned' in outcome ? proxyResult(outcome.returned) : undefined;
    const tooLong = Buffer.byteLength(result?.body ?? '') > this.limits.messageBytes;
    const took = `${Math.round(performance.now() - startedAt)} ms`;
    this.log(`MESSAGE ${connectionId} ${routeKey} ${result?.statusCode ?? describeFailure(outcome)} ${took}`);

    if ('timedOut' in outcome) fail('Endpoint request timed out');
    else if (!result || tooLong) fail('Internal server error');
    else if (route.routeResponse) reply(result.body ?? '');
  }

  /** Names that begin with `$` are API Gateway's own: a client's text never selects them. */
  #routeKey(body: string): string {
    const selected = this.#select(body);
    return selected !== undefined && !selected.startsWith('$') && this.routes.has(selected)
      ? selected
      : '$default';
  }
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

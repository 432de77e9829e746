import type { IncomingMessage } from 'node:http';
import type { GatewayClock } from '../gateway-clock.js';
import { gatewayId } from '../gateway-id.js';
import type { Authorizer, GatewayLimits, Route } from '../gateway-options.js';
import type { HttpRefusal } from '../http/http-refusal.js';
import type { AuthorizerContext, WebSocketResult } from '../lambda/event-shapes.js';
import { describeFailure, type Integrations } from '../lambda/integrations.js';
import type { LambdaEvents, Peer } from '../lambda/lambda-events.js';
import { isSuccess, proxyResult } from '../lambda/proxy-result.js';
import { TokenBucket } from '../token-bucket.js';
import { authorizerVerdict, hasIdentity } from './authorizer-verdict.js';
import { checkUpgrade } from './check-upgrade.js';
import { sourceIp } from './request-part.js';

export type UpgradeDecision = HttpRefusal | { peer: Peer; result: WebSocketResult };

type Authorization = HttpRefusal | { context: AuthorizerContext; integrationLatency: number };

/** Decides on upgrade requests: by their form, by the authorizer, and by `$connect`. */
export class UpgradeAdmission {
  readonly #rate: TokenBucket;

  constructor(
    private readonly stage: string,
    private readonly route: Route | undefined,
    private readonly authorizer: Authorizer | undefined,
    private readonly events: LambdaEvents,
    private readonly integrations: Integrations,
    private readonly limits: GatewayLimits,
    private readonly clock: GatewayClock,
  ) {
    this.#rate = new TokenBucket(limits.connectsPerSecond);
  }

  /** Nothing has been written to the socket when it resolves. */
  async admit(request: IncomingMessage): Promise<UpgradeDecision> {
    const refused = checkUpgrade(request, this.stage) ?? this.#overLimit(request);
    if (refused) return refused;
    const { 'user-agent': userAgent } = request.headers;
    const peer: Peer = {
      connectionId: gatewayId(),
      connectedAt: this.clock.now(),
      identity: { sourceIp: sourceIp(request), ...(userAgent !== undefined && { userAgent }) },
    };
    if (!this.authorizer) return await this.#connect(request, peer);
    const authorized = await this.#authorize(request, peer, this.authorizer);
    if ('refused' in authorized) return authorized;
    peer.authorizer = authorized.context;
    return await this.#connect(request, peer, authorized.integrationLatency);
  }

  #overLimit(request: IncomingMessage): HttpRefusal | undefined {
    if (!this.#rate.take()) return { refused: 429 };
    const { apiKeys } = this.route ?? {};
    return apiKeys && !apiKeys.includes(String(request.headers['x-api-key'])) ? { refused: 403 } : undefined;
  }

  async #authorize(
    request: IncomingMessage,
    peer: Peer,
    { handler, identitySource = [] }: Authorizer,
  ): Promise<Authorization> {
    const event = this.events.authorizer(request, peer);
    if (!hasIdentity(request, event, identitySource)) return { refused: 401 };
    const askedAt = performance.now();
    const outcome = await this.integrations.invoke('authorizer', handler, event, this.limits.integrationMs);
    const judged = authorizerVerdict(outcome, event.methodArn);
    if (!('refused' in judged))
      return { ...judged, integrationLatency: Math.round(performance.now() - askedAt) };
    const because = judged.refused === 403 ? 'does not allow it' : describeFailure(outcome);
    return { ...judged, because: `the authorizer ${because}` };
  }

  async #connect(
    request: IncomingMessage,
    peer: Peer,
    integrationLatency?: number,
  ): Promise<UpgradeDecision> {
    if (!this.route) return { peer, result: { statusCode: 200 } };
    if (this.route.invokable === false) return { refused: 500 };
    const { handler, timeoutMs = this.limits.integrationMs } = this.route;
    const event = this.events.connect(request, peer, integrationLatency);
    const outcome = await this.integrations.invoke('$connect', handler, event, timeoutMs);
    if ('timedOut' in outcome) return { refused: 504, because: describeFailure(outcome) };
    const result = 'returned' in outcome ? proxyResult(outcome.returned) : undefined;
    if (!result) return { refused: 502, because: describeFailure(outcome) };
    return isSuccess(result) ? { peer, result } : { refused: result.statusCode };
  }
}

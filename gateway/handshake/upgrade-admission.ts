import { type IncomingMessage, validateHeaderName, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { gatewayId } from '../gateway-id.js';
import type { Authorizer, Limits, Route } from '../gateway-options.js';
import { requestPath } from '../http/request-path.js';
import type { WebSocketResult } from '../lambda/event-shapes.js';
import { failure, type Integrations } from '../lambda/integrations.js';
import type { LambdaEvents, Peer } from '../lambda/lambda-events.js';
import { isSuccess, proxyResult } from '../lambda/proxy-result.js';
import { TokenBucket } from '../token-bucket.js';
import { hasIdentity, verdict } from './authorizer-verdict.js';
import { sourceIp } from './request-part.js';

const PROTOCOL_LIST = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;
const OURS = /^(?:connection|upgrade|content-length|transfer-encoding|sec-websocket-.*)$/i;

export type Admission = { refused: number; because?: string } | { peer: Peer; result: WebSocketResult };

/** Decides on upgrade requests, and keeps them waiting until `$connect` has returned. */
export class Handshake {
  readonly #rate: TokenBucket;
  readonly #results = new WeakMap<IncomingMessage, WebSocketResult>();
  readonly #server: WebSocketServer;

  constructor(
    private readonly stage: string,
    private readonly route: Route | undefined,
    private readonly authorizer: Authorizer | undefined,
    private readonly events: LambdaEvents,
    private readonly integrations: Integrations,
    private readonly limits: Limits,
  ) {
    this.#rate = new TokenBucket(limits.connectsPerSecond);
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: limits.messageBytes,
      handleProtocols: (offered, request) => {
        const chosen = header(this.#results.get(request), 'sec-websocket-protocol');
        return chosen !== undefined && offered.has(chosen) && chosen;
      },
      // Known to ws, not yet to its type definitions.
      ...{ closeTimeout: limits.closeMs },
    });
    this.#server.on('headers', (lines, request) => {
      lines.push(...responseHeaders(this.#results.get(request)));
    });
  }

  /** Runs the authorizer and `$connect`; nothing has been written to the socket when it resolves. */
  async admit(request: IncomingMessage): Promise<Admission> {
    const refused = this.#unfit(request);
    if (refused) return { refused };
    const { 'user-agent': userAgent } = request.headers;
    const peer: Peer = {
      connectionId: gatewayId(),
      connectedAt: Date.now(),
      identity: { sourceIp: sourceIp(request), ...(userAgent !== undefined && { userAgent }) },
    };
    if (this.authorizer) {
      const event = this.events.authorizer(request, peer);
      if (!hasIdentity(request, event, this.authorizer)) return { refused: 401 };
      const { handler } = this.authorizer;
      const outcome = await this.integrations.invoke('authorizer', handler, event, this.limits.integrationMs);
      const judged = verdict(outcome, event.methodArn);
      if ('refused' in judged) {
        const because = judged.refused === 403 ? 'does not allow it' : failure(outcome);
        return { ...judged, because: `the authorizer ${because}` };
      }
      peer.authorizer = judged.context;
    }
    return await this.#connect(request, peer);
  }

  /** Completes the upgrade; undefined when the client has gone in the meantime. */
  accept(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    result: WebSocketResult,
  ): WebSocket | undefined {
    let opened: WebSocket | undefined;
    this.#results.set(request, result);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      opened = webSocket;
    });
    return opened;
  }

  #unfit(request: IncomingMessage): number | undefined {
    const path = requestPath(request);
    const { upgrade, 'sec-websocket-key': key = '', 'sec-websocket-protocol': protocols } = request.headers;
    if (path !== `/${this.stage}` && path !== `/${this.stage}/`) return 403;
    if (request.method !== 'GET' || upgrade?.toLowerCase() !== 'websocket') return 426;
    if (!/^[+/0-9A-Za-z]{22}==$/.test(key) || request.headers['sec-websocket-version'] !== '13') return 400;
    if (protocols !== undefined && !isProtocolList(protocols)) return 400;
    if (!this.#rate.take()) return 429;
    const { apiKeys } = this.route ?? {};
    return apiKeys && !apiKeys.includes(String(request.headers['x-api-key'])) ? 403 : undefined;
  }

  async #connect(request: IncomingMessage, peer: Peer): Promise<Admission> {
    if (!this.route) return { peer, result: { statusCode: 200 } };
    if (this.route.invokable === false) return { refused: 500 };
    const { handler, timeoutMs = this.limits.integrationMs } = this.route;
    const event = this.events.connect(request, peer);
    const outcome = await this.integrations.invoke('$connect', handler, event, timeoutMs);
    if ('timedOut' in outcome) return { refused: 504, because: failure(outcome) };
    const result = 'returned' in outcome ? proxyResult(outcome.returned) : undefined;
    if (!result) return { refused: 502, because: failure(outcome) };
    return isSuccess(result) ? { peer, result } : { refused: result.statusCode };
  }
}

const isProtocolList = (text: string): boolean => {
  const names = text.split(',').map((name) => name.trim());
  return PROTOCOL_LIST.test(text) && new Set(names).size === names.length;
};

const header = (result: WebSocketResult | undefined, name: string): string | undefined =>
  Object.entries(result?.headers ?? {}).find(([each]) => each.toLowerCase() === name)?.[1];

const responseHeaders = (result: WebSocketResult | undefined): string[] =>
  Object.entries(result?.headers ?? {})
    .filter(([name, value]) => !OURS.test(name) && isHeader(name, value))
    .map(([name, value]) => `${name}: ${value}`);

const isHeader = (name: string, value: string): boolean => {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
};

import type { IncomingMessage } from 'node:http';
import type { GatewayClock } from '../gateway-clock.js';
import { gatewayId } from '../gateway-id.js';
import { requestPart } from '../handshake/request-part.js';
import type {
  AuthorizerContext,
  AuthorizerEvent,
  ConnectEvent,
  DisconnectEvent,
  MessageEvent,
  RequestContext,
} from './event-shapes.js';

/** The client's end of a connection: the fields that are the same on all of its events. */
export interface Peer {
  connectionId: string;
  connectedAt: number;
  identity: RequestContext['identity'];
  authorizer?: AuthorizerContext;
}

export interface Api {
  stage: string;
  domainName: string;
  stageVariables?: Record<string, string>;
}

const API_ID = 'localhost0';
export const ARN = `arn:aws:execute-api:local:000000000000:${API_ID}`;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Builds the events of one API, in the recorded shapes of API Gateway: fields that do not apply are absent. */
export class LambdaEvents {
  constructor(
    private readonly api: Api,
    private readonly clock: GatewayClock,
  ) {}

  authorizer(request: IncomingMessage, peer: Peer): AuthorizerEvent {
    return {
      type: 'REQUEST',
      methodArn: `${ARN}/${this.api.stage}/$connect`,
      ...requestPart(request, true),
      stageVariables: this.api.stageVariables ?? {},
      requestContext: { ...this.#context(peer, '$connect'), eventType: 'CONNECT' },
    };
  }

  /** `integrationLatency`: how long the authorizer took, in milliseconds. Only this event has it. */
  connect(request: IncomingMessage, peer: Peer, integrationLatency?: number): ConnectEvent {
    const authorizer = integrationLatency !== undefined && { ...peer.authorizer, integrationLatency };
    return {
      ...requestPart(request, false),
      ...this.#stageVariables(),
      requestContext: {
        ...this.#context(peer, '$connect'),
        ...(authorizer && { authorizer }),
        eventType: 'CONNECT',
      },
      isBase64Encoded: false,
    };
  }

  message(peer: Peer, routeKey: string, body: string): MessageEvent {
    return {
      ...this.#stageVariables(),
      requestContext: { ...this.#context(peer, routeKey), eventType: 'MESSAGE', messageId: gatewayId() },
      body,
      isBase64Encoded: false,
    };
  }

  disconnect(peer: Peer, disconnectStatusCode: number, disconnectReason: string): DisconnectEvent {
    const headers = { Host: this.api.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
    return {
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      ...this.#stageVariables(),
      requestContext: {
        ...this.#context(peer, '$disconnect'),
        eventType: 'DISCONNECT',
        disconnectStatusCode,
        disconnectReason,
      },
      isBase64Encoded: false,
    };
  }

  #stageVariables() {
    return this.api.stageVariables ? { stageVariables: this.api.stageVariables } : {};
  }

  #context(peer: Peer, routeKey: string) {
    const requestId = gatewayId();
    const now = this.clock.now();
    return {
      routeKey,
      ...peer,
      requestId,
      extendedRequestId: requestId,
      requestTime: commonLogTime(now),
      requestTimeEpoch: now,
      messageDirection: 'IN' as const,
      stage: this.api.stage,
      domainName: this.api.domainName,
      apiId: API_ID,
    };
  }
}

const commonLogTime = (at: number): string => {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(at).toISOString()) ?? [];
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from './faults.js';
import type { GatewayClock } from './gateway-clock.js';
import type { AuthorizerEvent, WebSocketEvent } from './lambda/event-shapes.js';
import type { LambdaFunction } from './lambda/integrations.js';
import type { Meter } from './meter.js';

export interface GatewayOptions {
  /**
   * By route key: `$connect`, `$disconnect`, `$default`, or a value of the route selection expression. A connection is
   * admitted without a `$connect` route. A message gets `Forbidden` if there is neither a route for it nor `$default`.
   */
  routes:
    | Record<string, LambdaFunction<WebSocketEvent> | Route>
    | Map<string, LambdaFunction<WebSocketEvent> | Route>;
  /** Invoked before `$connect`. */
  authorizer?: LambdaFunction<AuthorizerEvent> | Authorizer;
  /** Default: `$request.body.action`. */
  routeSelectionExpression?: string;
  /** 0 takes any free port. Default: 0. */
  port?: number;
  /**
   * `localhost`, which listens on IPv4 and, if the machine has it, IPv6; or an IP address. At an address that other machines
   * reach, such as `0.0.0.0`, it also listens on loopback, where callbacks go. Default: `127.0.0.1`.
   */
  host?: string;
  /**
   * More web pages that may connect, such as `http://app.example`, besides those of the gateway's own host names. Their host
   * names are admitted in `Host` too, and ports do not matter. Clients without an `Origin` need no entry. Default: none.
   */
  origins?: readonly string[];
  /** The setting that the log names when a page is refused. Default: `origins`. */
  originsSetting?: string;
  /** Default: `dev`. */
  stage?: string;
  /** If given, every event has them. */
  stageVariables?: Record<string, string>;
  limits?: Partial<GatewayLimits>;
  /**
   * Whether `$disconnect` follows when the client goes away after `$connect` has admitted it and before its socket is open.
   * It is unknown whether AWS sends one. Default: true.
   */
  disconnectAfterAbort?: boolean;
  /** Default: the system's. */
  clock?: GatewayClock;
  /** Gets one line for each event. Default: no log. */
  log?: (line: string) => void;
  /** Default: none. The gateway keeps the object, as `gateway.faults`. */
  faults?: Faults;
  /** Counts what AWS would bill. Default: a meter that nothing reads. */
  meter?: Meter;
  /** Gets every plain HTTP request outside the stage's path; returns true if it has answered. */
  onHttpRequest?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Route {
  handler: LambdaFunction<WebSocketEvent>;
  /** Sends the body of the handler's result to the client, as a route response does. Default: nothing is sent. */
  routeResponse?: '$default';
  /** Integration timeout of this route. Default: `limits.integrationMs`. */
  timeoutMs?: number;
  /** Only for `$connect`: the header `x-api-key` must have one of these. Default: no key is needed. */
  apiKeys?: readonly string[];
  /** Whether the message, parsed (undefined when it is not JSON), fits the route's model. Default: all do. */
  model?: (message: unknown) => boolean;
  /** False: API Gateway has no permission to invoke the function. Default: true. */
  invokable?: boolean;
}

export interface Authorizer {
  handler: LambdaFunction<AuthorizerEvent>;
  /** `route.request.header.Name`, `route.request.querystring.name`; a missing one is 401. Default: []. */
  identitySource?: readonly string[];
}

export interface GatewayLimits {
  /** Longest time without data in either direction, in milliseconds. Default: 10 minutes. */
  idleMs: number;
  /** Longest life of a connection, in milliseconds. Default: 2 hours. */
  connectionMs: number;
  /** Longest wait for a handler, in milliseconds. Default: 29 s. */
  integrationMs: number;
  /** Largest inbound frame, in bytes of payload. Default: 32 KiB. */
  frameBytes: number;
  /** Largest message in either direction, in bytes. Default: 128 KiB. */
  messageBytes: number;
  /** The most bytes that may wait for a slow reader; beyond it, `@connections` answers 429. Default: 4 MiB. */
  unreadBytes: number;
  /** How long a client may take to answer a close frame, in milliseconds. Default: 2 s. */
  closeMs: number;
  /** How long closing the gateway waits for running handlers, in milliseconds. Default: 5 s. */
  drainMs: number;
  /** New connections a second; 429 above. Default: unlimited, as the quota (500) is an account's, not an API's. */
  connectsPerSecond: number | undefined;
  /** Messages a second over all connections; 1008 above. Default: unlimited, for the same reason. */
  messagesPerSecond: number | undefined;
  /** Calls of `@connections` a second; 429 above. Default: unlimited, for the same reason. */
  callbacksPerSecond: number | undefined;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  idleMs: 600_000,
  connectionMs: 7_200_000,
  integrationMs: 29_000,
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  unreadBytes: 4 * 1024 * 1024,
  closeMs: 2_000,
  drainMs: 5_000,
  connectsPerSecond: undefined,
  messagesPerSecond: undefined,
  callbacksPerSecond: undefined,
};

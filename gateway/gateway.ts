import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { ConnectionRegistry } from './connections/connection-registry.js';
import { ConnectionsApi } from './connections/connections-api.js';
import { Disconnects } from './connections/disconnects.js';
import { ENDINGS, OpenConnection } from './connections/open-connection.js';
import type { Faults } from './faults.js';
import { SYSTEM_CLOCK } from './gateway-clock.js';
import { DEFAULT_LIMITS, type GatewayLimits, type GatewayOptions, type Route } from './gateway-options.js';
import { UpgradeAdmission } from './handshake/upgrade-admission.js';
import { UpgradeCompletion } from './handshake/upgrade-completion.js';
import { Upgrades } from './handshake/upgrades.js';
import { checkRequest } from './http/check-request.js';
import { hostInUrl, isWildcard, listenableHost } from './http/host-addresses.js';
import type { HttpRefusal } from './http/http-refusal.js';
import { callbackHost, listen } from './http/listeners.js';
import { PageGuard } from './http/page-guard.js';
import { discardBody } from './http/read-body.js';
import { requestPath } from './http/request-path.js';
import { Integrations } from './lambda/integrations.js';
import { LambdaEvents } from './lambda/lambda-events.js';
import { MessageRouting } from './messages/message-routing.js';
import { Meter } from './meter.js';

export interface Gateway {
  /** The URL for clients, such as `ws://127.0.0.1:3001/dev`. */
  url: string;
  /** The endpoint for the callback client, such as `http://127.0.0.1:3001/dev`. */
  callbackUrl: string;
  port: number;
  /** How many sockets are open now. */
  readonly connections: number;
  faults: Faults;
  /** Closes every socket as API Gateway does on an internal error (1011) or a restart of its own (1012). */
  breakSockets(code: 1011 | 1012): void;
  /** Closes the sockets with 1001, delivers their `$disconnect`, then stops. */
  close(): Promise<void>;
}

/** Starts a stand-in for an API Gateway WebSocket API with these handlers, by default on loopback. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { stage = 'dev', log = () => {}, faults = {}, stageVariables } = options;
  const host = listenableHost(options.host ?? '127.0.0.1');
  if (host === undefined) throw new Error(`${options.host} is neither an IP address nor localhost`);
  const { authorizer, clock = SYSTEM_CLOCK, meter = new Meter(clock) } = options;
  const pages = new PageGuard(host, options.origins ?? [], options.originsSetting ?? 'origins');
  const limits: GatewayLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const routes = routeMap(options.routes);
  const api = { stage, domainName: 'localhost', ...(stageVariables && { stageVariables }) };
  const events = new LambdaEvents(api, clock);
  const integrations = new Integrations(meter);
  const connections = new ConnectionRegistry();
  const expression = options.routeSelectionExpression ?? '$request.body.action';
  const messages = new MessageRouting(routes, expression, events, integrations, limits, meter, log);
  const disconnects = new Disconnects(routes.get('$disconnect'), events, integrations, faults, limits, log);
  const callbacks = new ConnectionsApi(stage, connections, faults, limits, meter, log);
  const upgrades = new Upgrades(
    new UpgradeAdmission(
      stage,
      routes.get('$connect'),
      typeof authorizer === 'function' ? { handler: authorizer } : authorizer,
      events,
      integrations,
      limits,
      clock,
    ),
    new UpgradeCompletion(limits),
    (request) => checkRequest(request) ?? pages.refusal(request),
    {
      onOpened: (peer, webSocket, socket) => {
        const connection = new OpenConnection(peer, webSocket, socket, limits, clock, (from, body) => {
          void messages.dispatch(from, body);
        });
        connections.add(connection);
        meter.opened(peer.connectionId);
        void connection.ended.then((ending) => {
          connections.remove(connection);
          meter.closed(peer.connectionId);
          disconnects.deliver(peer, ending);
        });
      },
      onAborted: (peer) => {
        if (options.disconnectAfterAbort ?? true) disconnects.deliver(peer, ENDINGS.lost);
      },
    },
    log,
  );

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const path = requestPath(request);
    const isCallback =
      /^\/[^/]*\/(?:@|%40)connections(?:\/|$)/i.test(path) || path.includes('/@connections/');
    const refusal =
      checkRequest(request) ??
      (isCallback ? pages.refusalOfPages(request) : pages.refusal(request)) ??
      (path === `/${stage}` || (path.startsWith(`/${stage}/`) && !isCallback) ? { refused: 426 } : undefined);
    if (refusal) refuse(request, response, refusal, log);
    else if (isCallback) callbacks.handle(request, response).catch(() => request.socket.destroy());
    else if (!options.onHttpRequest?.(request, response)) refuse(request, response, { refused: 403 }, log);
  };

  const listeners = await listen(host, options.port ?? 0, serve, (request, socket, head) =>
    upgrades.take(request, socket, head),
  );
  const { port } = listeners;

  return {
    url: `ws://${isWildcard(host) ? 'localhost' : hostInUrl(host)}:${port}/${stage}`,
    callbackUrl: `http://${callbackHost(host)}:${port}/${stage}`,
    port,
    get connections() {
      return connections.size;
    },
    faults,
    breakSockets: (code) => {
      for (const connection of connections.all()) connection.close({ code, reason: '' });
    },
    close: async () => {
      upgrades.stop();
      const open = connections.all();
      for (const connection of open) connection.close(ENDINGS.goingAway);
      await Promise.all(open.map((connection) => connection.ended));
      const impatience = setTimeout(() => integrations.stop(), limits.drainMs);
      await upgrades.idle();
      await disconnects.drain();
      await integrations.idle();
      clearTimeout(impatience);
      await listeners.close();
    },
  };
};

/** A Map, so that `constructor` is a route only if it was given as one. */
const routeMap = (routes: GatewayOptions['routes']): Map<string, Route> =>
  new Map(
    [...(routes instanceof Map ? routes : Object.entries(routes))].map(([key, route]) => [
      key,
      typeof route === 'function' ? { handler: route } : route,
    ]),
  );

const refuse = (
  request: IncomingMessage,
  response: ServerResponse,
  { refused: status, because }: HttpRefusal,
  log: (line: string) => void,
): void => {
  if (because !== undefined) log(`${request.method} refused with ${status}: ${because}`);
  discardBody(request);
  const headers = { 'content-type': 'application/json', ...(status === 426 && { upgrade: 'websocket' }) };
  response.writeHead(status, headers).end(JSON.stringify({ message: STATUS_CODES[status] }));
};

import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionRegistry } from './connections/connection-registry.js';
import { ConnectionsApi } from './connections/connections-api.js';
import { Disconnects } from './connections/disconnects.js';
import { ENDINGS, OpenConnection } from './connections/open-connection.js';
import type { Faults } from './faults.js';
import { DEFAULT_LIMITS, type GatewayOptions, type Limits, type Route } from './gateway-options.js';
import { type Admission, UpgradeAdmission } from './handshake/upgrade-admission.js';
import { UpgradeCompletion } from './handshake/upgrade-completion.js';
import { refuseUpgrade } from './handshake/upgrade-refusal.js';
import { serveLoopback } from './http/http-server.js';
import { requestPath } from './http/request-path.js';
import { unfitRequest } from './http/unfit-request.js';
import { Integrations } from './lambda/integrations.js';
import { LambdaEvents } from './lambda/lambda-events.js';
import { MessageRouting } from './messages/message-routing.js';

export interface Gateway {
  /** What a client connects to, as `ws://127.0.0.1:3001/dev`. */
  url: string;
  /** The endpoint for the callback client, as `http://127.0.0.1:3001/dev`. */
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

/** Starts a stand-in for an API Gateway WebSocket API with these handlers, on loopback. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { stage = 'dev', host = '127.0.0.1', log = () => {}, faults = {}, stageVariables } = options;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const routes = routeMap(options.routes);
  const { authorizer } = options;
  const api = { stage, domainName: 'localhost', ...(stageVariables && { stageVariables }) };
  const events = new LambdaEvents(api);
  const integrations = new Integrations();
  const connections = new ConnectionRegistry();
  const admissions = new UpgradeAdmission(
    stage,
    routes.get('$connect'),
    typeof authorizer === 'function' ? { handler: authorizer } : authorizer,
    events,
    integrations,
    limits,
  );
  const completion = new UpgradeCompletion(limits);
  const expression = options.routeSelectionExpression ?? '$request.body.action';
  const messages = new MessageRouting(routes, expression, events, integrations, limits, log);
  const disconnects = new Disconnects(routes.get('$disconnect'), events, integrations, faults, limits, log);
  const callbacks = new ConnectionsApi(stage, connections, faults, limits, log);
  const waiting = new Set<Socket>();
  let closing = false;

  const upgrade = async (request: IncomingMessage, socket: Socket, head: Buffer) => {
    waiting.add(socket);
    const admission: Admission = closing
      ? { refused: 503 }
      : (unfitRequest(request) ?? (await admissions.admit(request)));
    const stillWaiting = waiting.delete(socket);
    if (!stillWaiting) return;
    if ('refused' in admission) {
      log(`CONNECT refused with ${admission.refused}${admission.because ? `: ${admission.because}` : ''}`);
      refuseUpgrade(socket, admission);
      return;
    }
    const { peer, result } = admission;
    const webSocket = completion.complete(request, socket, head, result);
    if (!webSocket) {
      log(`CONNECT ${peer.connectionId} admitted, but the client has gone`);
      return;
    }
    const connection = new OpenConnection(peer, webSocket, socket, limits, (from, body) => {
      void messages.dispatch(from, body);
    });
    connections.add(connection);
    log(`CONNECT ${peer.connectionId} ${result.statusCode}`);
    const ending = await connection.ended;
    connections.remove(connection);
    disconnects.deliver(peer, ending);
  };

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const path = requestPath(request);
    const unfit = unfitRequest(request);
    if (unfit) {
      answer(response, unfit.refused);
    } else if (/^\/[^/]*\/(?:@|%40)connections(?:\/|$)/i.test(path) || path.includes('/@connections/')) {
      callbacks.handle(request, response).catch(() => request.socket.destroy());
    } else if (path === `/${stage}` || path.startsWith(`/${stage}/`)) {
      answer(response, 426);
    } else if (!options.onHttpRequest?.(request, response)) {
      answer(response, 403);
    }
  };

  const server = await serveLoopback(host, options.port ?? 0, serve, (request, socket, head) => {
    // Until ws takes the socket over, a client that resets it must not become an uncaught error.
    socket.on('error', () => socket.destroy());
    void upgrade(request, socket, head);
  });
  const name = host === '::1' ? '[::1]' : host;

  return {
    url: `ws://${name}:${server.port}/${stage}`,
    callbackUrl: `http://${name}:${server.port}/${stage}`,
    port: server.port,
    get connections() {
      return connections.size;
    },
    faults,
    breakSockets: (code) => {
      for (const connection of connections.all()) connection.close({ code, reason: '' });
    },
    close: async () => {
      closing = true;
      for (const socket of waiting) refuseUpgrade(socket, { refused: 503 });
      waiting.clear();
      const open = connections.all();
      for (const connection of open) connection.close(ENDINGS.goingAway);
      await Promise.all(open.map((connection) => connection.ended));
      const impatience = setTimeout(() => integrations.stop(), limits.drainMs);
      await disconnects.drain();
      await integrations.idle();
      clearTimeout(impatience);
      await server.close();
    },
  };
};

/** A Map, so that `constructor` is no route unless somebody made it one. */
const routeMap = (routes: GatewayOptions['routes']): Map<string, Route> =>
  new Map(
    [...(routes instanceof Map ? routes : Object.entries(routes))].map(([key, route]) => [
      key,
      typeof route === 'function' ? { handler: route } : route,
    ]),
  );

const answer = (response: ServerResponse, status: number): void => {
  const headers = { 'content-type': 'application/json', ...(status === 426 && { upgrade: 'websocket' }) };
  response.writeHead(status, headers).end(JSON.stringify({ message: STATUS_CODES[status] }));
};

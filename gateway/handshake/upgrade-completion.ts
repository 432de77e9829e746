import { type IncomingMessage, validateHeaderName, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayLimits } from '../gateway-options.js';
import type { WebSocketResult } from '../lambda/event-shapes.js';

const OURS = /^(?:connection|upgrade|content-length|transfer-encoding|sec-websocket-.*)$/i;

/** Answers admitted upgrades with 101 and with the headers of `$connect`'s result. */
export class UpgradeCompletion {
  readonly #results = new WeakMap<IncomingMessage, WebSocketResult>();
  readonly #server: WebSocketServer;

  constructor(limits: GatewayLimits) {
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: limits.messageBytes,
      // ws would end a socket without a close frame if it pings faster than the pongs leave.
      autoPong: false,
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

  /** Undefined if the client has gone meanwhile. */
  complete(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    result: WebSocketResult,
  ): WebSocket | undefined {
    let opened: WebSocket | undefined;
    this.#results.set(request, result);
    // It may have been one of several protocols offered; ws knows only this one.
    request.headers.upgrade = 'websocket';
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      opened = webSocket;
    });
    return opened;
  }
}

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

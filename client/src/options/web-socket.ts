/** The part of a WebSocket that this library uses: browsers, Node 22 and the `ws` package all have it. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  /** Only the package `ws` has it, and tells the HTTP status. */
  on?(event: 'unexpected-response', listener: (_: unknown, response: HandshakeResponse) => void): unknown;
}

/** The response to a refused connection, which the package `ws` shows and browsers do not. */
export interface HandshakeResponse {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
}

export type WebSocketConstructor = new (url: string, protocols?: string[]) => WebSocketLike;

import { type ClientOptions, WebSocket } from 'ws';

/** A real WebSocket client that remembers what it received. */
export class RecordingSocket {
  readonly frames: string[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** 101, or the status of the refusal. */
  readonly status: Promise<number>;
  /** Headers of the answer to the upgrade. */
  headers: NodeJS.Dict<string | string[]> = {};
  readonly socket: WebSocket;
  #waiting: (() => void)[] = [];

  constructor(url: string, protocols: string[] = [], options: ClientOptions = {}) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('message', (data) => {
      this.frames.push(data.toString());
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.socket.on('upgrade', (response) => {
      this.headers = response.headers;
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.status = new Promise((resolve, reject) => {
      this.socket.on('open', () => resolve(101));
      this.socket.on('unexpected-response', (_request, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        this.socket.terminate();
      });
      this.socket.on('error', reject);
    });
    this.status.catch(() => undefined);
  }

  /** The frame at this position, once it has come. */
  async frame(index = 0): Promise<string> {
    while (this.frames.length <= index) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.frames[index] ?? '';
  }

  send(value: unknown): void {
    this.socket.send(typeof value === 'string' ? value : JSON.stringify(value));
  }
}

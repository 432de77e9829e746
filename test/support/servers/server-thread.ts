import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Certificate } from './connections-server.js';

const SERVER = `
const { parentPort, workerData } = require('node:worker_threads');
const { certificate, closed } = workerData;
const handle = (request, response) => {
  request.resume();
  request.on('end', () => response.end('{}'));
};
const server = certificate
  ? require('node:https').createServer(certificate, handle)
  : require('node:http').createServer(handle);
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.on('message', () => {
  server.closeAllConnections();
  // By now the other ends have been closed too.
  setTimeout(() => {
    Atomics.store(closed, 0, 1);
    Atomics.notify(closed, 0);
  }, 50);
});
`;

/** A server in a thread of its own, which continues while this thread is blocked. */
export class ServerThread {
  private constructor(
    private readonly worker: Worker,
    private readonly closed: Int32Array,
    readonly endpoint: string,
  ) {}

  static async start(certificate?: Certificate): Promise<ServerThread> {
    const closed = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(SERVER, { eval: true, workerData: { certificate, closed } });
    const [port] = await once(worker, 'message');
    return new ServerThread(worker, closed, `http${certificate ? 's' : ''}://127.0.0.1:${port}/dev`);
  }

  /** Blocks this thread until the server has closed all its sockets, so that no client here can have noticed it. */
  closeSockets(): void {
    this.worker.postMessage('close');
    Atomics.wait(this.closed, 0, 0);
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { createClient as CreateClient } from '../../../../client/src/create-client.js';

const SERVE = `
const { parentPort, workerData } = require('node:worker_threads');
const functions = import(workerData.functions);
parentPort.on('message', async ({ id, name, event }) => {
  try {
    const result = await (await functions)[name](event, { getRemainingTimeInMillis: () => 120_000 });
    parentPort.postMessage({ id, result });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.stack ?? error) });
  }
});
`;

type Answer = { id: number; result?: unknown; error?: string };

/** The functions of one release, in a thread with the variables of a deployment, and its client library. */
export class Release {
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #calls = 0;

  private constructor(
    private readonly worker: Worker,
    readonly createClient: typeof CreateClient,
  ) {
    worker.on('message', ({ id, result, error }: Answer) => {
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) call?.resolve(result);
      else call?.reject(new Error(error));
    });
  }

  /** `functions`: the module's name in `folder`, where `bundleRelease` wrote it. */
  static async start(folder: string, functions: string, env: Record<string, string>): Promise<Release> {
    const url = (name: string) => pathToFileURL(join(folder, name)).href;
    const worker = new Worker(SERVE, { eval: true, env, workerData: { functions: url(functions) } });
    const client = await import(url('client.mjs'));
    return new Release(worker, client.createClient);
  }

  async invoke(name: 'router' | 'authorizer' | 'fanOut', event: unknown): Promise<unknown> {
    const id = this.#calls++;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.worker.postMessage({ id, name, event });
    return answer;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

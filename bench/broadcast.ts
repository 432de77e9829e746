// npm run bench: measures how long a broadcast takes to reach the last of N sockets, compared with the copied sample in the
// same run. Each call of @connections takes DELAY_MS longer than on loopback.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { createManagementClient } from '../src/adapters/api-gateway/management-client.js';
import { createDocumentClient } from '../src/adapters/dynamodb/document-client.js';
import { ANY_ACCESS } from '../src/entry/local/access.js';
import { startSwitchboard } from '../src/entry/local/start.js';
import { startDynamoDB } from '../src/entry/local/storage/dynamodb-server.js';
import { broadcastAsCopied } from './copied-sample.js';
import { startSlowProxy } from './slow-proxy.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const SOCKETS = Number(process.env.SOCKETS ?? 500);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const DELAY_MS = Number(process.env.DELAY_MS ?? 5);

const folder = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
const dynamodb = await startDynamoDB(folder);
const proxy = await startSlowProxy(DELAY_MS);
const CALLBACK_URL = `http://127.0.0.1:${proxy.port}/dev`;
const env = {
  CALLBACK_URL,
  DYNAMODB_ENDPOINT: dynamodb.endpoint,
  RATE_LIMIT: 'off',
  OPENING_MS: '0',
};
const inline = { ...env, FAN_OUT_INLINE_LIMIT: String(SOCKETS + 1) };
const board = await startSwitchboard({ env: inline, port: 0, memory: false, dataFolder: folder });
proxy.target = board.gateway.port;
const documents = createDocumentClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint });
const api = createManagementClient({ ...ANY_ACCESS, endpoint: CALLBACK_URL, maxSockets: 64 });

const sockets: WebSocket[] = [];
for (let index = 0; index < SOCKETS; index += 1) {
  const socket = new WebSocket(`${board.gateway.url}?userId=user${index}`);
  await once(socket, 'open');
  sockets.push(socket);
}

/** Milliseconds until every socket has a frame that contains `mark`. */
const untilAllHave = async (mark: string, start: () => Promise<void>): Promise<number> => {
  const received = sockets.map(
    (socket) =>
      new Promise<void>((resolve) => {
        const listen = (frame: WebSocket.RawData) => {
          if (!String(frame).includes(mark)) return;
          socket.off('message', listen);
          resolve();
        };
        socket.on('message', listen);
      }),
  );
  const startedAt = performance.now();
  await start();
  await Promise.all(received);
  return performance.now() - startedAt;
};

const median = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const ours: number[] = [];
const copied: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  ours.push(
    await untilAllHave(`ours-${round}`, async () => {
      sockets[0]?.send(JSON.stringify({ action: 'broadcast', data: `ours-${round}` }));
    }),
  );
  copied.push(
    await untilAllHave(`copied-${round}`, () =>
      broadcastAsCopied(documents, api, 'switchboard-connections', `copied-${round}`, true),
    ),
  );
}

console.log(`sockets               ${SOCKETS}, ${DELAY_MS} ms a call, median of ${ROUNDS} rounds`);
console.log(`the copied sample     ${median(copied).toFixed(0)} ms`);
console.log(`Switchboard           ${median(ours).toFixed(0)} ms, and it is in the log`);
console.log(`ratio                 ${(median(copied) / median(ours)).toFixed(1)}`);

for (const socket of sockets) socket.terminate();
await board.stop();
await dynamodb.stop();
rmSync(folder, { recursive: true });
process.exit(0);

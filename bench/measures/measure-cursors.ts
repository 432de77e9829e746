import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { WebSocket } from 'ws';
import { createClient } from '../../client/src/create-client.js';
import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import type { Amounts } from '../../src/entry/local/bill/amounts.js';
import { charges } from '../../src/entry/local/bill/charges.js';
import { accessTo } from '../../src/entry/local/settings/access.js';
import { startSwitchboard } from '../../src/entry/local/start.js';
import { startDynamoDB } from '../../src/entry/local/storage/dynamodb-server.js';
import type { BenchProcesses } from '../processes/bench-processes.js';
import { progress } from '../progress.js';
import type { ResultRow } from '../result-row.js';
import type { Scale } from '../scale.js';
import { spread } from '../spread.js';

const PEOPLE = ['alice', 'bob', 'carol'];
const HERTZ = 30;

/** The number of signals that the client library sends for one person's cursor in an hour. */
const SIGNALS_AN_HOUR = 5 * 3_600;

/** Rows, without those of limits, which expire by themselves. */
const rowsIn = async (endpoint: string): Promise<number> => {
  const documents = createDocumentClient({ ...accessTo(endpoint), endpoint });
  let rows = 0;
  for (const TableName of ['switchboard-connections', 'switchboard-messages']) {
    const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
    rows += Items.filter(({ sk }) => sk?.S !== 'RATE').length;
  }
  documents.destroy();
  return rows;
};

interface Moved {
  refused: number;
  rows: number;
  /** The time from a movement to its arrival, and from the shown movement to now, in milliseconds. */
  arrived: number[];
  shown: number[];
  amounts: Partial<Amounts>;
}

/** Three people move their cursors for a while, over sockets and through the local gateway. */
const move = async (dynamodb: string | undefined, seconds: number, hertz: number): Promise<Moved> => {
  const env = { LOG_LEVEL: 'silent', ...(dynamodb && { DYNAMODB_ENDPOINT: dynamodb }) };
  const program = await startSwitchboard({ port: 0, memory: !dynamodb, dataFolder: dynamodb, env });
  const moved: Moved = { refused: 0, rows: 0, arrived: [], shown: [], amounts: {} };
  class Counting extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols);
      this.on('message', (data) => {
        if (String(data).startsWith('{"type":"error"')) moved.refused += 1;
      });
    }
  }
  const clients = PEOPLE.map((userId) =>
    createClient(program.gateway.url, { userId, WebSocket: Counting as never }),
  );
  const newest = new Map<string, number>();
  const boards = clients.map((client) => client.room('board'));
  boards.forEach((board, viewer) => {
    board.on('signal', ({ from, data }) => {
      const { at } = data as { at: number };
      moved.arrived.push(performance.now() - at);
      newest.set(`${viewer} ${from}`, at);
    });
  });
  for (const board of boards) await board.join();
  const before = { rows: dynamodb ? await rowsIn(dynamodb) : 0, amounts: program.usage.amounts };

  const startedAt = performance.now();
  for (let step = 1; step <= seconds * hertz; step += 1) {
    if (step % hertz === 0) progress(`cursors, second ${step / hertz} of ${seconds}`);
    const at = performance.now();
    for (const board of boards) board.signal({ x: step, y: step, at }, { latest: 'cursor' });
    for (const from of newest.values()) moved.shown.push(at - from);
    await sleep(Math.max(0, startedAt + (step * 1_000) / hertz - performance.now()));
  }
  await sleep(1_000);

  const { amounts } = program.usage;
  for (const kind of Object.keys(amounts) as (keyof Amounts)[])
    moved.amounts[kind] = amounts[kind] - before.amounts[kind];
  moved.rows = dynamodb ? (await rowsIn(dynamodb)) - before.rows : 0;
  await Promise.all(clients.map((client) => client.close()));
  await program.stop();
  return moved;
};

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/**
 * A minute at 30 Hz in memory, because the embedded DynamoDB is slower than AWS's. Slower movements run on DynamoDB, to
 * count the remaining rows and the bill.
 */
export const measureCursors = async (_world: BenchProcesses, { seconds }: Scale): Promise<ResultRow[]> => {
  const fast = await move(undefined, seconds, HERTZ);
  const dynamodb = await startDynamoDB();
  const slow = await move(dynamodb.endpoint, Math.min(seconds, 10), 2);
  await dynamodb.stop();
  const signals = slow.arrived.length / (PEOPLE.length - 1);
  const { connectionMinutes: _, ...amounts } = slow.amounts as Amounts;
  const dollars = Object.values(charges({ ...amounts, connectionMinutes: 0 })).reduce((a, b) => a + b, 0);
  const hour = (dollars / signals) * SIGNALS_AN_HOUR * PEOPLE.length;
  const pairs = PEOPLE.length * (PEOPLE.length - 1);
  return [
    { what: 'cursors: p95 lag of what arrives', unit: 'ms', ...spread([p95(fast.arrived)]) },
    { what: 'cursors: p95 age of what is shown', unit: 'ms', ...spread([p95(fast.shown)]) },
    { what: 'cursors: signals sent by one', unit: '/s', ...spread([fast.arrived.length / seconds / pairs]) },
    { what: 'cursors: frames refused', unit: '', target: 0, ...spread([fast.refused + slow.refused]) },
    { what: 'cursors: rows left', unit: '', target: 0, ...spread([slow.rows]) },
    { what: 'cursors: an hour of three people', unit: '$', ...spread([hour]) },
  ];
};

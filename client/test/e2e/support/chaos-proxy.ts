import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

export interface ChaosProxy {
  readonly url: string;
  /** Frames it did something to. */
  readonly tally: { dropped: number; doubled: number; delayed: number };
  /** From now on it only passes on. */
  calm(): void;
  stop(): Promise<void>;
}

const DROPPED = 0.05;
const DOUBLED = 0.1;
const DELAYED = 0.3;
const LONGEST_DELAY_MS = 80;

/** Between clients and a server: loses, doubles and delays frames both ways, so that they overtake each other. */
export const startChaosProxy = async (target: string, random: () => number): Promise<ChaosProxy> => {
  const tally = { dropped: 0, doubled: 0, delayed: 0 };
  let isCalm = false;
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/dev' });
  await once(server, 'listening');

  const pass = (to: WebSocket, text: string) => {
    const deliver = () => {
      if (to.readyState === WebSocket.OPEN) to.send(text);
    };
    const fate = random();
    if (isCalm || fate > DROPPED + DOUBLED + DELAYED) return deliver();
    if (fate < DROPPED) {
      tally.dropped += 1;
      return;
    }
    if (fate < DROPPED + DOUBLED) {
      tally.doubled += 1;
      deliver();
    } else tally.delayed += 1;
    setTimeout(deliver, random() * LONGEST_DELAY_MS);
  };

  server.on('connection', (inner, { url = '' }) => {
    const outer = new WebSocket(new URL(url, target));
    const early: string[] = [];
    inner.on('message', (data) => {
      if (outer.readyState === WebSocket.CONNECTING) early.push(data.toString());
      else pass(outer, data.toString());
    });
    outer.on('open', () => {
      for (const text of early) pass(outer, text);
    });
    outer.on('message', (data) => pass(inner, data.toString()));
    outer.on('error', () => inner.terminate());
    inner.on('error', () => outer.terminate());
    outer.on('close', () => inner.close());
    inner.on('close', () => outer.close());
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/dev`,
    tally,
    calm: () => {
      isCalm = true;
    },
    stop: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

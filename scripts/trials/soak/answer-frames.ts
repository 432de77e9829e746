// One instance of the router: answers as many frames as it is told to, one at a time, as Lambda hands them over.
import type { IncomingMessage } from 'node:http';
import { SYSTEM_CLOCK } from '../../../gateway/gateway-clock.js';
import { gatewayId } from '../../../gateway/gateway-id.js';
import { LambdaEvents, type Peer } from '../../../gateway/lambda/lambda-events.js';
import { authorizerContext } from '../../../src/application/connections/authorizer-context.js';
import { ALL_PERMISSIONS } from '../../../src/domain/access/permissions.js';
import { handler } from '../../../src/entry/lambda/router.js';

const CONNECTIONS = 100;
const ROOM_SIZE = 10;
/** After this many frames, a new connection replaces one. */
const FRAMES_OF_CONNECTION = 500;
/** One frame of each kind in this many. */
const ONE_IN = 500;
/** One report for each two hundredth of the frames. */
const REPORTS = 200;

const frames = Number(process.argv[2]);
const events = new LambdaEvents({ stage: 'dev', domainName: 'localhost' }, SYSTEM_CLOCK);
const peers: Peer[] = [];
const outcomes: Record<string, number> = {};
let users = 0;

const ask = async (peer: Peer, frame: { action: string }): Promise<void> => {
  const { body = '{}' } = await handler(events.message(peer, frame.action, JSON.stringify(frame)));
  const { type, code } = JSON.parse(body) as { type: string; code?: string };
  const outcome = code ?? type;
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
};

const roomOf = (place: number): string => `room-${Math.floor(place / ROOM_SIZE)}`;

const connect = async (place: number): Promise<void> => {
  users += 1;
  const userId = `user-${users}`;
  const peer: Peer = {
    connectionId: gatewayId(),
    connectedAt: Date.now(),
    identity: { sourceIp: '127.0.0.1' },
    authorizer: { principalId: userId, ...authorizerContext(userId, ALL_PERMISSIONS) },
  };
  const request = {
    url: `/?userId=${userId}`,
    headers: {},
    rawHeaders: [],
    socket: {},
  } as unknown as IncomingMessage;
  await handler(events.connect(request, peer, 1));
  peers[place] = peer;
  await ask(peer, { action: 'join', room: roomOf(place) } as { action: string });
};

const disconnect = async (place: number): Promise<void> => {
  await handler(events.disconnect(peers[place] as Peer, 1001, ''));
};

/** Mostly pings, as from idle connections; the rest are frames of every kind. */
const frameOf = (count: number, place: number): { action: string } => {
  const room = roomOf(place);
  const kinds: object[] = [
    { action: 'publish', room, data: { count } },
    { action: 'history', room, limit: 3 },
    { action: 'presence', room },
    { action: 'send', to: `user-${users}`, data: { count }, key: `key-${count}` },
    { action: 'shout', data: count },
    { action: 'join' },
    { action: 'hello', resume: [] },
  ];
  const kind = kinds[count % ONE_IN] ?? { action: 'ping' };
  return { ...kind, id: `q${count}` } as unknown as { action: string };
};

for (let place = 0; place < CONNECTIONS; place += 1) await connect(place);
for (let answered = 1; answered <= frames; answered += 1) {
  const place = answered % CONNECTIONS;
  if (answered % FRAMES_OF_CONNECTION === 0) {
    await disconnect(place);
    await connect(place);
  }
  await ask(peers[place] as Peer, frameOf(answered, place));
  if (answered % Math.ceil(frames / REPORTS) === 0 || answered === frames) {
    // Garbage that has not been collected yet does not count as growth.
    globalThis.gc?.();
    const mebibytes = process.memoryUsage().rss / 2 ** 20;
    console.log(JSON.stringify({ answered, mebibytes, outcomes }));
  }
}
process.exit(0);

import { randomBytes } from 'node:crypto';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import type { RecordingSocket } from '../../../test/gateway/support/recording-socket.js';
import { type ComparedEndpoint, connectTo, end, reaction, withinPatience } from './observed.js';

export interface LiveCase {
  readonly name: string;
  /** The code that relies on it, or the decision that depends on the answer. */
  readonly matters: string;
  /** No source says what API Gateway does: only a real stage can answer. */
  readonly open?: true;
  readonly observe: (place: ComparedEndpoint) => Promise<string>;
}

const sending =
  (act: (client: RecordingSocket) => void, frames = 1): LiveCase['observe'] =>
  (place) =>
    reaction(connectTo(place), act, frames);

const text = (frame: string) => sending((client) => client.socket.send(frame));

const admitted =
  (suffix: string): LiveCase['observe'] =>
  async (place) => {
    const client = connectTo(place, suffix);
    const status = await client.status;
    await end(client);
    return `${status}`;
  };

const PINGS = 8;
/** Different in each run. */
const ROOM = `conformance-${randomBytes(5).toString('hex')}`;

/** The visible behaviour of API Gateway from outside. */
export const LIVE_CASES: readonly LiveCase[] = [
  {
    name: 'a plain GET without an upgrade',
    matters: 'health checks',
    observe: async ({ url }) => `${(await fetch(url.replace(/^ws/, 'http'))).status}`,
  },
  {
    name: 'the subprotocol that is chosen',
    matters: 'browsers end a connection that chooses none of theirs',
    observe: async (place) => {
      const client = connectTo(place);
      await client.status;
      await end(client);
      return String(client.headers['sec-websocket-protocol']);
    },
  },
  {
    name: 'permessage-deflate is accepted',
    matters: 'bytes on the wire, and whether the frame limit counts compressed ones',
    open: true,
    observe: async (place) => {
      const client = connectTo(place, '', { perMessageDeflate: true });
      await client.status;
      await end(client);
      return String(client.headers['sec-websocket-extensions'] ?? 'no');
    },
  },
  {
    name: 'an upgrade at the stage with a slash behind it',
    matters: 'URLs that people type',
    open: true,
    observe: admitted('/'),
  },
  {
    name: 'an upgrade below the stage',
    matters: 'a wrong URL shows at once',
    open: true,
    observe: admitted('/nowhere'),
  },
  {
    name: 'a URL of 5,000 characters',
    matters: 'long tokens in ?token=',
    open: true,
    observe: admitted(`?padding=${'x'.repeat(5_000)}`),
  },
  { name: 'text that is no JSON', matters: 'reaches $default', observe: text('hello') },
  { name: 'an action without a route', matters: 'reaches $default', observe: text('{"action":"shout"}') },
  { name: 'an action of another case', matters: 'routes are exact', observe: text('{"action":"Ping"}') },
  { name: 'a number for an action', matters: 'reaches $default', observe: text('{"action":5}') },
  {
    name: 'a JSON array',
    matters: 'the route selection of what is no object',
    open: true,
    observe: text('[]'),
  },
  {
    name: 'JSON null',
    matters: 'the route selection of what is no object',
    open: true,
    observe: text('null'),
  },
  { name: 'an empty frame', matters: 'whether a function runs for it', open: true, observe: text('') },
  {
    name: 'the action $connect',
    matters: 'no client may look like a new connection',
    open: true,
    observe: text('{"action":"$connect"}'),
  },
  {
    name: 'the action $disconnect',
    matters: 'no client may look like one that has gone',
    open: true,
    observe: text('{"action":"$disconnect"}'),
  },
  { name: 'a frame of 32 KiB', matters: 'the limit of a frame', observe: text('x'.repeat(FRAME_BYTES)) },
  {
    name: 'a frame of 32 KiB and one byte',
    matters: 'the limit of a frame',
    observe: text('x'.repeat(FRAME_BYTES + 1)),
  },
  {
    name: 'a message of 40,000 bytes in two frames',
    matters: 'the limit is of a frame, not of a message',
    observe: sending(({ socket }) => {
      socket.send('x'.repeat(20_000), { fin: false });
      socket.send('x'.repeat(20_000), { fin: true });
    }),
  },
  {
    name: 'a binary frame',
    matters: 'the protocol is text',
    observe: sending(({ socket }) => socket.send(Buffer.from('{"action":"ping"}'))),
  },
  {
    name: 'text that is no UTF-8',
    matters: 'what a function may get',
    open: true,
    observe: sending(({ socket }) => socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false })),
  },
  {
    name: 'a ping of the WebSocket protocol',
    matters: 'clients that find dead connections so',
    observe: async (place) => {
      const client = connectTo(place);
      await client.status;
      const pong = new Promise<string>((resolve) =>
        client.socket.on('pong', (data) => resolve(`pong ${data}`)),
      );
      client.socket.ping('abc');
      const seen = await withinPatience(pong);
      await end(client);
      return seen;
    },
  },
  {
    name: 'a close with a code of its own',
    matters: 'the code that a client sees of its own close',
    observe: sending(({ socket }) => socket.close(4000, 'bye')),
  },
  {
    name: 'the replies to eight frames sent at once',
    matters:
      'whether the frames of a connection are handled side by side: their order then differs each time',
    open: true,
    observe: async (place) => {
      const inOrder = Array.from({ length: PINGS }, (_, index) => `ack ${index + 1}`).join(', ');
      const seen = await reaction(
        connectTo(place),
        (client) => {
          for (let id = 1; id <= PINGS; id += 1) client.send({ action: 'ping', id: `${id}` });
        },
        PINGS,
      );
      return seen === inOrder ? 'in the order sent' : seen;
    },
  },
  {
    name: 'what comes first for a publisher, push or ack',
    matters: 'clients must rely on neither',
    open: true,
    observe: sending((client) => {
      client.send({ action: 'join', room: ROOM, id: 'joined' });
      void client
        .frame(0)
        .then(() => client.send({ action: 'publish', room: ROOM, data: 'x', id: 'published' }));
    }, 3),
  },
];

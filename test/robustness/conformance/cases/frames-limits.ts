import { expect } from '@jest/globals';
import type { GatewayLimits } from '../../../../gateway/gateway-options.js';
import type { DisconnectEvent } from '../../../../gateway/lambda/event-shapes.js';
import type { RecordingSocket } from '../../../gateway/support/recording-socket.js';
import type { ConformanceCheck } from '../conformance-case.js';

const closeCodes = (text: string): number[] =>
  [...text.matchAll(/\b1\d{3}\b/g)].map(([code]) => Number(code));

/** Does something to a new connection, and expects the case's close code on both sides. */
const closes =
  (act: (client: RecordingSocket) => unknown, limits: Partial<GatewayLimits> = {}): ConformanceCheck =>
  async (world, theCase) => {
    const gateway = await world.start({ limits });
    const client = await world.connect(gateway);
    const [code] = closeCodes(theCase.expect.client);

    await act(client);

    expect((await client.closed).code).toBe(code);
    expect((await world.disconnect()).disconnectStatusCode).toBe(code);
    expect(gateway.connections).toBe(0);
  };

/** The events that a handler must have received for a connection that the client ended. */
const ends =
  (
    act: (client: RecordingSocket) => void,
    expected: Partial<DisconnectEvent['requestContext']>,
  ): ConformanceCheck =>
  async (world, theCase) => {
    const gateway = await world.start();
    const client = await world.connect(gateway);

    act(client);

    const { disconnectStatusCode, disconnectReason } = await world.disconnect();
    expect(closeCodes(theCase.expect.handler)).toEqual([disconnectStatusCode]);
    expect({ disconnectReason }).toMatchObject(expected);
  };

export const framesLimits: Record<string, ConformanceCheck> = {
  'fl-01': async (world, theCase) => {
    await closes((client) => client.socket.send(Buffer.from('binary')))(world, theCase);
    expect(world.recorder.of('$default')).toEqual([]);
  },
  'fl-02': async (world) => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const text = 'x'.repeat(32 * 1024);
    client.send(text);
    expect(await client.frame()).toBe(text);
    expect(world.recorder.of('$default')).toHaveLength(1);
  },
  'fl-03': closes((client) => client.send('x'.repeat(32 * 1024 + 1))),
  'fl-06': async (world) => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    client.send('x'.repeat(100_000));
    expect((await client.closed).code).toBe(1009);
    expect(world.recorder.of('$default')).toEqual([]);
  },
  'fl-07': async (world) => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const pong = new Promise<string>((resolve) => {
      client.socket.once('pong', (data) => resolve(data.toString()));
    });
    client.socket.ping('hello');
    expect(await pong).toBe('hello');
    expect(world.recorder.events).toHaveLength(1);
  },
  'fl-09': async (world, theCase) => {
    await closes(() => {}, { idleMs: 50 })(world, theCase);
    expect((await world.disconnect()).disconnectReason).toBe(/"(.*)"/.exec(theCase.expect.handler)?.[1]);
  },
  'fl-11': async (world, theCase) => {
    let chatter: NodeJS.Timeout | undefined;
    const talk = (client: RecordingSocket) => {
      chatter = setInterval(() => client.send('busy'), 20);
    };
    await closes(talk, { connectionMs: 200 })(world, theCase).finally(() => clearInterval(chatter));
  },
  'fl-12': ends((client) => client.socket.close(), {
    disconnectReason: 'Client-side close frame status not set',
  }),
  'fl-15': ends((client) => client.socket.terminate(), {}),
  'fl-16': closes(
    (client) => {
      for (let count = 0; count < 20; count += 1) client.send('more');
    },
    { messagesPerSecond: 2 },
  ),
  'fl-17': async (world, theCase) => {
    const gateway = await world.start();
    const codes: number[] = [];
    for (const code of [1011, 1012] as const) {
      const client = await world.connect(gateway);
      gateway.breakSockets(code);
      codes.push((await client.closed).code);
    }
    expect(codes).toEqual(closeCodes(theCase.expect.client));
  },
};

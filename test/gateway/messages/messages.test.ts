import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebSocketEvent } from '../../../gateway/lambda/event-shapes.js';
import { GatewayWorld } from '../support/gateway-world.js';
import { SleepingClock } from '../support/sleeping-clock.js';

const sizedText = (bytes: number) => 'x'.repeat(bytes);

describe('A message', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  const answering = async (returned: unknown) => {
    const $default = { handler: () => returned, routeResponse: '$default' as const };
    const client = await world.connect(await world.start({ routes: { $default } }));
    client.send('hello');
    return client.frame();
  };

  it.each([
    ['the body', { statusCode: 200, body: 'hi' }, 'hi'],
    ['an empty message when there is no body', { statusCode: 200 }, ''],
    ['the body of a failure too', { statusCode: 500, body: 'sorry' }, 'sorry'],
    ['what survives JSON', { statusCode: 200, body: 'hi', extra: undefined }, 'hi'],
  ])('is answered over a route response with %s', async (_what, returned, expected) => {
    expect(await answering(returned)).toBe(expected);
  });

  it.each([
    ['unknown keys', { statusCode: 200, ConnectionId: 'x', Data: '"Hello"' }],
    ['null', null],
    ['a bare string', 'ok'],
    ['a body that is no string', { statusCode: 200, body: { a: 1 } }],
    ['no status', { body: 'hi' }],
    ['a body beyond 128 KiB', { statusCode: 200, body: sizedText(128 * 1024 + 1) }],
    ['what is no JSON', { statusCode: 200, body: 1n }],
  ])('is answered with Internal server error when the handler returns %s', async (_what, returned) => {
    expect(await answering(returned)).toMatch(
      /^\{"message": "Internal server error", "connectionId":"[\w-]{15}=", "requestId":"[\w-]{15}="\}$/,
    );
  });

  it.each([
    'constructor',
    '__proto__',
    'toString',
    '$connect',
    '$disconnect',
    '$default',
    'Send',
    ' send',
    'hasOwnProperty',
  ])('with the action %s goes to $default', async (action) => {
    const echo = world.echo();
    const routes = { ...world.lifecycle(), send: echo, next: echo, $default: echo };
    const client = await world.connect(await world.start({ routes }));
    client.send(`{"action":${JSON.stringify(action)}}`);
    client.send({ action: 'next' });
    await client.frame();
    expect(world.recorder.of('$default')).toHaveLength(1);
    expect(world.recorder.of('$connect')).toHaveLength(1);
    expect(world.recorder.of('send')).toEqual([]);
  });

  it('reaches a route named like a property of prototypes, if it exists', async () => {
    const routes = new Map([['constructor', world.echo()]]);
    const client = await world.connect(await world.start({ routes }));
    client.send({ action: 'constructor' });
    await client.frame();
    expect(world.recorder.of('constructor')).toHaveLength(1);
  });

  it.each([
    '',
    'null',
    '[]',
    '5',
    'true',
    '{"action":1e400}',
    '"\\ud800"',
    `${'['.repeat(16_000)}`,
    '{"a":1,"a":2}',
  ])('of any text arrives byte for byte (%#)', async (text) => {
    const client = await world.connect(await world.start());
    client.send(text);
    expect(await client.frame()).toBe(text);
    expect(world.recorder.events[1]).toMatchObject({ body: text });
  });

  it('may be 128 KiB long in frames of 32 KiB', async () => {
    const client = await world.connect(await world.start());
    for (let part = 1; part <= 4; part += 1) client.socket.send(sizedText(32 * 1024), { fin: part === 4 });
    expect(await client.frame()).toBe(sizedText(128 * 1024));
  });

  it('beyond 128 KiB closes the socket with 1009, even in short frames', async () => {
    const client = await world.connect(await world.start());
    for (let part = 1; part <= 5; part += 1) client.socket.send(sizedText(32 * 1024), { fin: part === 5 });
    expect((await client.closed).code).toBe(1009);
    expect((await world.disconnect()).disconnectStatusCode).toBe(1009);
    expect(world.recorder.of('$default')).toEqual([]);
  });

  it('of a megabyte in one frame closes the socket with 1009', async () => {
    const client = await world.connect(await world.start());
    client.send({ action: sizedText(1024 * 1024) });
    expect((await client.closed).code).toBe(1009);
    expect((await world.disconnect()).disconnectStatusCode).toBe(1009);
  });

  it('sent before the frame that closes the socket is still handled, later ones are not', async () => {
    const client = await world.connect(await world.start());
    client.send('before');
    client.send(sizedText(33 * 1024));
    client.send('after');
    expect((await client.closed).code).toBe(1009);
    await world.disconnect();
    expect(world.recorder.of('$default')).toMatchObject([{ body: 'before' }]);
  });

  it('that is no UTF-8 closes the socket with 1007', async () => {
    const client = await world.connect(await world.start());
    client.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    expect((await client.closed).code).toBe(1007);
    expect((await world.disconnect()).disconnectStatusCode).toBe(1007);
    expect(world.recorder.of('$default')).toEqual([]);
  });

  it('keeps an otherwise idle connection open', async () => {
    const clock = new SleepingClock();
    const client = await world.connect(await world.start({ clock, limits: { idleMs: 600_000 } }));
    for (let count = 0; count < 10; count += 1) {
      clock.stayAwake(590_000);
      client.send('busy');
      await client.frame(count);
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    clock.stayAwake(605_000);
    expect((await client.closed).code).toBe(1001);
  });

  it('gives its handler the remaining time', async () => {
    const seen: number[] = [];
    const handler = (_event: WebSocketEvent, context: { getRemainingTimeInMillis(): number }) => {
      seen.push(context.getRemainingTimeInMillis());
      return { statusCode: 200, body: '' };
    };
    const routes = { $default: { handler, routeResponse: '$default' as const, timeoutMs: 9_000 } };
    const client = await world.connect(await world.start({ routes }));
    client.send('hello');
    await client.frame();
    expect(seen[0]).toBeGreaterThan(0);
    expect(seen[0]).toBeLessThanOrEqual(9_000);
  });

  it('is not answered once its socket has closed', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handler = world.recorder.handler(() => held.then(() => ({ statusCode: 200, body: 'late' })));
    const routes = { ...world.lifecycle(), $default: { handler, routeResponse: '$default' as const } };
    const gateway = await world.start({ routes });
    const client = await world.connect(gateway);
    client.send('hello');
    await world.recorder.event('$default');
    client.socket.close(1000, 'bye');
    await world.disconnect();
    release();
    await gateway.close();
    expect(client.frames).toEqual([]);
    expect((await world.disconnect()).disconnectStatusCode).toBe(1000);
  });
});

import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CallbackFault, seededRandom, share } from '../../gateway/faults.js';
import { failureOf, GatewayWorld } from './support/gateway-world.js';

const post = (ConnectionId: string, Data = 'hi') => new PostToConnectionCommand({ ConnectionId, Data });

describe('A gateway told to misbehave', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  const connected = async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    return { gateway, client, id: await world.connectionId(), sdk: world.sdk(gateway, { maxAttempts: 1 }) };
  };

  it.each([
    [410, 'GoneException'],
    [429, 'LimitExceededException'],
    [500, 'InternalServerErrorException'],
    [503, 'ServiceUnavailableException'],
  ] as const)('answers %d, and delivers nothing', async (answer, name) => {
    const { gateway, client, id, sdk } = await connected();
    gateway.faults.callback = () => ({ answer });
    const error = await failureOf(sdk.send(post(id, 'lost')));
    gateway.faults.callback = undefined;
    await sdk.send(post(id, 'found'));
    expect(error).toMatchObject({ name, $metadata: { httpStatusCode: answer } });
    await client.frame();
    expect(client.frames).toEqual(['found']);
  });

  it.each(['reset', 'hang', 500] as const)('delivers and then gives no good answer: %s', async (answer) => {
    const { gateway, client, id, sdk } = await connected();
    gateway.faults.callback = () => ({ answer, carryOut: true });
    const abort = new AbortController();
    const failure = failureOf(sdk.send(post(id), { abortSignal: abort.signal }));
    expect(await client.frame()).toBe('hi');
    if (answer === 'hang') abort.abort();
    expect(await failure).toBeInstanceOf(Error);
    expect(client.frames).toHaveLength(1);
  });

  it('chooses by connection and method', async () => {
    const { gateway, id, sdk } = await connected();
    const other = await world.connect(gateway);
    gateway.faults.callback = ({ method, connectionId }) =>
      method === 'POST' && connectionId === id ? { answer: 410 } : undefined;
    await failureOf(sdk.send(post(id)));
    await sdk.send(post(await world.connectionId(1)));
    expect(await other.frame()).toBe('hi');
  });

  it('leaves out the configured share of calls', async () => {
    const { gateway, client, id, sdk } = await connected();
    gateway.faults.callback = share<CallbackFault>(0.5, { answer: 429 }, seededRandom(7));
    const random = seededRandom(7);
    const expected = Array.from({ length: 40 }, () => random() >= 0.5);
    const delivered: boolean[] = [];
    for (const _ of expected)
      delivered.push(
        await sdk.send(post(id)).then(
          () => true,
          () => false,
        ),
      );
    expect(delivered).toEqual(expected);
    expect(client.frames.length).toBeLessThanOrEqual(expected.filter(Boolean).length);
    expect(expected.filter(Boolean).length).toBeGreaterThan(10);
    expect(expected.filter(Boolean).length).toBeLessThan(30);
  });

  it('drops $disconnect', async () => {
    const { gateway, client } = await connected();
    gateway.faults.disconnect = () => 'drop';
    client.socket.close();
    await client.closed;
    await gateway.close();
    expect(world.recorder.of('$disconnect')).toEqual([]);
  });

  it('delivers $disconnect twice', async () => {
    const { gateway, client, id } = await connected();
    gateway.faults.disconnect = () => 'duplicate';
    client.socket.close();
    await world.disconnect(1);
    const [first, second] = world.recorder.of('$disconnect');
    expect(second).toEqual(first);
    expect(first?.requestContext.connectionId).toBe(id);
  });

  it('delays $disconnect', async () => {
    const { gateway, client } = await connected();
    gateway.faults.disconnect = () => ({ delayMs: 20 });
    client.socket.close();
    expect((await world.disconnect()).disconnectStatusCode).toBe(1005);
  });

  it('lets a reconnect come before a delayed $disconnect, which closing the gateway cuts short', async () => {
    const { gateway, client, id } = await connected();
    gateway.faults.disconnect = ({ requestContext }) =>
      requestContext.connectionId === id ? { delayMs: 3_600_000 } : undefined;
    client.socket.close();
    await client.closed;
    await world.connect(gateway);
    await gateway.close();

    const order = world.recorder.events.map(({ requestContext }) => requestContext.eventType);
    expect(order).toEqual(['CONNECT', 'CONNECT', 'DISCONNECT', 'DISCONNECT']);
    expect(
      world.recorder.of('$disconnect').map(({ requestContext }) => requestContext.connectionId),
    ).toContain(id);
  });

  it('takes the same numbers from the same seed', () => {
    const numbers = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));
    expect(numbers(1)).toEqual(numbers(1));
    expect(numbers(1)).not.toEqual(numbers(2));
    expect(numbers(3).every((each) => each >= 0 && each < 1)).toBe(true);
    expect(numbers(4).filter((each) => each < 0.2).length / 1000).toBeCloseTo(0.2, 1);
  });
});

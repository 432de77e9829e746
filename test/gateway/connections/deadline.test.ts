import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, GatewayWorld } from '../support/gateway-world.js';
import { SleepingClock } from '../support/sleeping-clock.js';

const MINUTES = 60_000;
const HOURS = 60 * MINUTES;

describe('After the machine slept for three hours, a connection', () => {
  let world: GatewayWorld;
  let clock: SleepingClock;
  beforeEach(() => {
    world = new GatewayWorld();
    clock = new SleepingClock();
  });
  afterEach(() => world.end());

  const ended = async () => {
    expect(await world.disconnect()).toMatchObject({ disconnectStatusCode: 1001 });
    expect(world.recorder.of('$default')).toEqual([]);
  };

  it('is closed within seconds, although no timer of two hours has run', async () => {
    const client = await world.connect(await world.start({ clock, limits: { idleMs: 24 * HOURS } }));

    clock.sleep(3 * HOURS);
    clock.stayAwake(5_000);

    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    await ended();
  });

  it('is closed by its next frame, which no handler sees', async () => {
    const client = await world.connect(await world.start({ clock, limits: { idleMs: 24 * HOURS } }));

    clock.sleep(3 * HOURS);
    client.send('am I still here?');

    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    await ended();
  });

  it('is gone for a push, which closes it', async () => {
    const gateway = await world.start({ clock, limits: { idleMs: 24 * HOURS } });
    const client = await world.connect(gateway);
    const ConnectionId = await world.connectionId();

    clock.sleep(3 * HOURS);
    const push = world.sdk(gateway).send(new PostToConnectionCommand({ ConnectionId, Data: 'hi' }));

    expect((await failureOf(push)).name).toBe('GoneException');
    expect((await client.closed).code).toBe(1001);
    await ended();
  });

  it('was idle for longer than ten minutes', async () => {
    const client = await world.connect(await world.start({ clock, limits: { connectionMs: 24 * HOURS } }));

    clock.sleep(11 * MINUTES);
    client.send('too late');

    expect(await Promise.race([client.closed, client.frame()])).toMatchObject({ code: 1001 });
    await ended();
  });
});

describe('A connection', () => {
  it('that is in use is closed two hours after it connected, and not before', async () => {
    const world = new GatewayWorld();
    const clock = new SleepingClock();
    const client = await world.connect(await world.start({ clock }));
    for (let frame = 0; frame < 13; frame += 1) {
      clock.stayAwake(9 * MINUTES);
      client.send(String(frame));
      expect(await client.frame(frame)).toBe(String(frame));
    }

    clock.stayAwake(3 * MINUTES);

    expect((await client.closed).code).toBe(1001);
    const { connectedAt, requestTimeEpoch } = await world.disconnect();
    expect(requestTimeEpoch - connectedAt).toBe(2 * HOURS);
    await world.end();
  });
});

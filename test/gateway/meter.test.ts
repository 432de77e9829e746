import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Meter } from '../../gateway/meter.js';
import { GatewayWorld } from './support/gateway-world.js';
import { SleepingClock } from './support/sleeping-clock.js';

const UNIT = 32 * 1024;

describe('The meter', () => {
  let world: GatewayWorld;
  let clock: SleepingClock;
  let meter: Meter;
  beforeEach(() => {
    clock = new SleepingClock();
    meter = new Meter(clock);
    world = new GatewayWorld({ clock, meter });
  });
  afterEach(() => world.end());

  it('counts messages by kind, in units of 32 KB, and only those that were sent', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const sdk = world.sdk(gateway);
    const ConnectionId = await world.connectionId();

    client.send('x'.repeat(UNIT));
    await client.frame();
    await sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(UNIT + 1) }));
    await sdk.send(new PostToConnectionCommand({ ConnectionId, Data: '' }));
    await sdk
      .send(new PostToConnectionCommand({ ConnectionId: 'WY-yKqwlAlxSubM=', Data: 'gone' }))
      .catch(() => undefined);

    expect(meter.usage.messages).toEqual({ received: 1, replies: 1, pushes: 3 });
  });

  it('counts no reply if a route has no route response', async () => {
    const gateway = await world.start({
      routes: { ...world.lifecycle(), $default: world.recorder.handler() },
    });
    const client = await world.connect(gateway);

    client.send('hello');
    await world.recorder.event('$default');

    expect(meter.usage.messages).toEqual({ received: 1, replies: 0, pushes: 0 });
  });

  it('counts the minutes of open connections and of closed ones', async () => {
    const gateway = await world.start();
    const first = await world.connect(gateway);
    await world.connect(gateway);
    clock.sleep(60_000);
    first.socket.close();
    await world.disconnect();
    clock.sleep(30_000);

    expect(meter.usage).toMatchObject({ connections: 2, connectionMinutes: 2.5 });
  });

  it('counts every invocation under the name of its route, and in whole milliseconds', async () => {
    const authorizer = () => ({
      principalId: 'alice',
      policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }] },
    });
    const gateway = await world.start({ authorizer });
    const client = await world.connect(gateway);
    client.send('one');
    client.send('two');
    await client.frame(1);
    client.socket.close();
    await world.disconnect();
    await world.end();

    const { invocations } = meter.usage;
    expect([...invocations].map(([name, { count }]) => [name, count])).toEqual([
      ['authorizer', 1],
      ['$connect', 1],
      ['$default', 2],
      ['$disconnect', 1],
    ]);
    for (const { count, ms } of invocations.values()) {
      expect(Number.isInteger(ms)).toBe(true);
      expect(ms).toBeGreaterThanOrEqual(count);
    }
  });
});

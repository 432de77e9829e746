import { expect } from '@jest/globals';
import type { AuthorizerContext, AuthorizerEvent } from '../../../../gateway/lambda/event-shapes.js';
import type { GatewayWorld } from '../../../gateway/support/gateway-world.js';
import { policy } from '../../../gateway/support/policy.js';
import type { ConformanceCheck } from '../conformance-case.js';

/**
 * Connects, sends and closes under an authorizer with this context. Resolves to the handlers' events, and to how often
 * the authorizer ran.
 */
const session = async (world: GatewayWorld, context: AuthorizerContext) => {
  let asked = 0;
  const authorizer = ({ methodArn }: AuthorizerEvent) => {
    asked += 1;
    return policy('Allow', methodArn, context);
  };
  const client = await world.connect(await world.start({ authorizer }));
  client.send('hello');
  await client.frame();
  client.send('again');
  await client.frame(1);
  client.socket.close();
  await world.disconnect();
  return { asked, contexts: world.recorder.events.map(({ requestContext }) => requestContext.authorizer) };
};

export const authAndOrder: Record<string, ConformanceCheck> = {
  'au-01': async (world) => {
    const { contexts } = await session(world, { userId: 'u1' });
    const replayed = { principalId: 'u1', userId: 'u1' };
    const integrationLatency = expect.any(Number);
    expect(contexts).toEqual([{ ...replayed, integrationLatency }, replayed, replayed, replayed]);
  },
  'au-02': async (world) => {
    const { asked, contexts } = await session(world, { tokenExp: 1 });
    expect(asked).toBe(1);
    expect(contexts).toHaveLength(4);
  },
  'au-03': async (world) => {
    const { contexts } = await session(world, { level: 5, admin: true });
    expect(contexts[1]).toEqual({ principalId: 'u1', level: '5', admin: 'true' });
  },
  'ev-40': async (world) => {
    const { contexts } = await session(world, { userId: 'u1' });
    const [connect, ...others] = contexts;
    expect(connect).toEqual({ principalId: 'u1', userId: 'u1', integrationLatency: expect.any(Number) });
    expect(others).toHaveLength(3);
    for (const each of others) expect(each).not.toHaveProperty('integrationLatency');
  },
  'or-01': async (world) => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handler = world.recorder.handler(async (event) => {
      const body = 'body' in event ? event.body : '';
      if (body === 'A') await slow;
      return { statusCode: 200, body };
    });
    const gateway = await world.start({ routes: { $default: { handler, routeResponse: '$default' } } });
    const client = await world.connect(gateway);

    client.send('A');
    client.send('B');
    await client.frame();
    release();
    await client.frame(1);

    expect(client.frames).toEqual(['B', 'A']);
  },
  'or-04': async (world) => {
    let written = false;
    const $connect = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      written = true;
      return { statusCode: 200 };
    };
    const handler = () => ({ statusCode: 200, body: String(written) });
    const gateway = await world.start({
      routes: { $connect, $default: { handler, routeResponse: '$default' } },
    });

    const client = world.dial(gateway);
    client.socket.on('open', () => client.send('at once'));

    expect(await client.frame()).toBe('true');
  },
};

import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuthorizerEvent } from '../../../gateway/lambda/event-shapes.js';
import { failureOf, GatewayWorld } from '../support/gateway-world.js';
import { policy } from '../support/policy.js';

/** Three bytes, one character. */
const EURO = '€';

const euros = (bytes: number): string => EURO.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3);

describe('Limits count bytes, not characters', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  it('of a frame', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    client.send(euros(32 * 1024));
    expect(await client.frame()).toBe(euros(32 * 1024));

    client.send(euros(32 * 1024 + 1));

    expect((await client.closed).code).toBe(1009);
  });

  it('of a message in several frames', async () => {
    const client = await world.connect(await world.start());
    const part = euros(30 * 1024);
    for (const fin of [false, false, false, true]) client.socket.send(part, { fin });
    expect(await client.frame()).toBe(part.repeat(4));

    for (const fin of [false, false, false, false, true]) client.socket.send(part, { fin });

    expect((await client.closed).code).toBe(1009);
  });

  it('of a reply', async () => {
    const handler = world.recorder.handler((event) => ({
      statusCode: 200,
      body: euros(128 * 1024 + Number('body' in event && event.body)),
    }));
    const routes = { $default: { handler, routeResponse: '$default' as const } };
    const client = await world.connect(await world.start({ routes }));
    client.send('0');
    expect(await client.frame()).toBe(euros(128 * 1024));

    client.send('1');

    expect(JSON.parse(await client.frame(1))).toMatchObject({ message: 'Internal server error' });
  });

  it('of a push', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const ConnectionId = await world.connectionId();
    const post = (Data: string) =>
      world.sdk(gateway).send(new PostToConnectionCommand({ ConnectionId, Data }));
    await post(euros(128 * 1024));
    expect(await client.frame()).toBe(euros(128 * 1024));

    expect((await failureOf(post(euros(128 * 1024 + 1)))).name).toBe('PayloadTooLargeException');
  });

  it("of an authorizer's result", async () => {
    const dial = async (bytes: number) => {
      const authorizer = ({ methodArn }: AuthorizerEvent) => {
        const empty = policy('Allow', methodArn, { filling: '' });
        const left = bytes - Buffer.byteLength(JSON.stringify(empty));
        return policy('Allow', methodArn, { filling: euros(left) });
      };
      return world.dial(await world.start({ authorizer })).status;
    };

    expect(await dial(8 * 1024)).toBe(101);
    expect(await dial(8 * 1024 + 1)).toBe(500);
  });
});

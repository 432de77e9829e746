import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuthorizerEvent, WebSocketEvent } from '../../../gateway/lambda/event-shapes.js';
import { GatewayWorld } from '../support/gateway-world.js';
import { policy } from '../support/policy.js';
import { Recorder } from '../support/recorder.js';
import type { RecordingSocket } from '../support/recording-socket.js';

// biome-ignore lint/suspicious/noExplicitAny: vectors of many shapes
const vector = (name: string): any =>
  JSON.parse(
    readFileSync(new URL(`../../robustness/conformance/vectors/${name}.json`, import.meta.url), 'utf8'),
  );

/** Names and types without the values. */
const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shape(each)]));
};

const ID = /^[A-Za-z0-9_-]{15}=$/;
const BY_WS = /^(connection|upgrade|host|content-length|x-amzn.*|x-forwarded.*|sec-websocket-.*)$/i;

describe('The events of the gateway', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  const browser = vector('connect');
  const context = Object.fromEntries(
    Object.entries(vector('authorizer-response-allow').context as Record<string, string>),
  );

  /** A session as the vectors describe it: headers, query string, subprotocol and authorizer of a browser. */
  const session = async () => {
    const authorizations = new Recorder<AuthorizerEvent>();
    const authorizer = authorizations.handler(({ methodArn }) => policy('Allow', methodArn, context));
    const answer = { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat.v1' } };
    const routes = {
      ...world.lifecycle(),
      $connect: world.recorder.handler(() => answer),
      $default: world.echo(),
      sendMessage: world.echo(),
    };
    const gateway = await world.start({
      routes,
      authorizer,
      stage: 'prod',
      origins: [browser.headers.Origin],
    });
    const named = Object.entries(browser.headers as Record<string, string>).filter(
      ([name]) => !BY_WS.test(name),
    );
    const query = `?${new URLSearchParams(browser.queryStringParameters)}`;
    const client = world.dial(gateway, query, ['chat.v1'], { headers: Object.fromEntries(named) });
    await client.status;
    return { gateway, client, authorizations };
  };

  it('have the shape of the vector at $connect, with the names of headers as the client wrote them', async () => {
    await session();

    expect(shape(await world.recorder.event('$connect'))).toEqual(shape(browser));
  });

  it('leave out headers that a bare client did not send', async () => {
    await world.connect(await world.start());

    expect(shape(await world.recorder.event('$connect'))).toEqual(shape(vector('connect-minimal')));
  });

  it('have the shape of the vector for the authorizer, which gets the upgrade headers too', async () => {
    const { authorizations } = await session();

    const [event] = authorizations.events;
    expect(shape(event)).toEqual(shape(vector('authorizer-request')));
    expect(event?.methodArn).toMatch(/^arn:aws:execute-api:[^:]+:\d{12}:[^:/]+\/prod\/\$connect$/);
    expect(event?.requestContext.connectionId).toBe(await world.connectionId());
    expect(event?.requestContext.connectedAt).toBe(world.recorder.events[0]?.requestContext.connectedAt);
  });

  it.each(['message-custom-route', 'message-default', 'message-default-unknown-action'])(
    'have the shape of the vector %s',
    async (name) => {
      const { client } = await session();
      const expected = vector(name);

      client.send(expected.body);
      await client.frame();

      const event = world.recorder.events[1];
      expect(shape(event)).toEqual(shape(expected));
      expect(event).toMatchObject({
        body: expected.body,
        requestContext: { routeKey: expected.requestContext.routeKey },
      });
    },
  );

  it.each([
    ['disconnect-client-no-status', (client: RecordingSocket) => client.socket.close()],
    ['disconnect-client-going-away', (client: RecordingSocket) => client.socket.close(1001)],
    ['disconnect-abnormal', (client: RecordingSocket) => client.socket.terminate()],
  ])('have the shape of the vector %s', async (name, end) => {
    const { client } = await session();
    const expected = vector(name);

    end(client);

    const event = await world.recorder.event('$disconnect');
    const { disconnectStatusCode, disconnectReason } = expected.requestContext;
    expect(shape(event)).toEqual(shape(expected));
    expect(event.requestContext).toMatchObject({ disconnectStatusCode, disconnectReason });
  });

  it('name one connection throughout, and each event by ids of its own', async () => {
    const { client } = await session();
    client.send('hello');
    await client.frame();
    client.socket.close();
    await world.disconnect();

    const contexts = world.recorder.events.map(({ requestContext }) => requestContext);
    expect(new Set(contexts.map(({ connectionId }) => connectionId)).size).toBe(1);
    expect(new Set(contexts.map(({ connectedAt }) => connectedAt)).size).toBe(1);
    expect(new Set(contexts.map(({ requestId }) => requestId)).size).toBe(3);
    for (const { connectionId, requestId, extendedRequestId, requestTime, requestTimeEpoch } of contexts) {
      expect(connectionId).toMatch(ID);
      expect(requestId).toMatch(ID);
      expect(extendedRequestId).toBe(requestId);
      const [, day, month, year, time] =
        /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) \+0000$/.exec(requestTime) ?? [];
      expect(Date.parse(`${day} ${month} ${year} ${time} UTC`)).toBe(
        Math.floor(requestTimeEpoch / 1000) * 1000,
      );
    }
  });

  it('have stage variables if there are any', async () => {
    const stageVariables = { table: 'connections' };
    const client = await world.connect(await world.start({ stageVariables }));
    client.send('hello');
    await client.frame();
    client.socket.close();
    await world.disconnect();

    expect(world.recorder.events).toHaveLength(3);
    for (const event of world.recorder.events) expect(event).toMatchObject({ stageVariables });
  });

  it('keep every value of a repeated parameter, and names that prototypes use', async () => {
    const client = world.dial(await world.start(), '?a=1&a=2&b=&__proto__=x&constructor=y%20z', [], {
      // The type allows no repeated header; Node sends a line for each.
      headers: { 'X-Thing': ['one', 'two'] as unknown as string },
    });
    await client.status;

    const event = (await world.recorder.event('$connect')) as WebSocketEvent & Record<string, unknown>;
    expect(Object.entries(event.queryStringParameters as object)).toEqual([
      ['a', '2'],
      ['b', ''],
      ['__proto__', 'x'],
      ['constructor', 'y z'],
    ]);
    expect(event.multiValueQueryStringParameters).toMatchObject({ a: ['1', '2'], b: [''] });
    expect(event).toMatchObject({
      headers: { 'X-Thing': 'two' },
      multiValueHeaders: { 'X-Thing': ['one', 'two'] },
    });
  });

  it('reach each handler as its own copy', async () => {
    const bodies: string[] = [];
    const spoil = (event: WebSocketEvent) => {
      const { integrationLatency: _onConnectAlone, ...replayed } = event.requestContext.authorizer ?? {};
      bodies.push(JSON.stringify(replayed));
      Object.assign(event.requestContext.authorizer ?? {}, { userId: 'mallory' });
      event.requestContext.identity.sourceIp = 'spoilt';
      return { statusCode: 200, body: 'done' };
    };
    const authorizer = ({ methodArn }: AuthorizerEvent) => policy('Allow', methodArn, { userId: 'alice' });
    const routes = { $connect: spoil, $default: { handler: spoil, routeResponse: '$default' as const } };
    const client = await world.connect(await world.start({ routes, authorizer }));
    client.send('hello');
    await client.frame();

    expect(new Set(bodies)).toEqual(new Set(['{"principalId":"u1","userId":"alice"}']));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JwksWorld } from '../support/jwks-world.js';
import { bearerHeaders } from '../support/upgrade.js';

describe('A token over the wire', () => {
  let world: JwksWorld;
  beforeAll(async () => {
    world = await JwksWorld.start();
  });
  afterAll(() => world.end());

  it('is taken from the Authorization header', async () => {
    expect(await world.upgrade(bearerHeaders(await world.token()))).toMatchObject({
      status: 101,
      protocol: '',
    });
  });

  it('is taken from the subprotocols, and only ours comes back', async () => {
    const offered = ['switchboard.v1', `bearer.${await world.token()}`];

    expect(await world.upgrade({}, offered)).toMatchObject({ status: 101, protocol: 'switchboard.v1' });
    expect(await world.upgrade({}, offered.toReversed())).toMatchObject({ protocol: 'switchboard.v1' });
  });

  it('is not taken from the query', async () => {
    expect(await world.upgrade({}, [], `?token=${await world.token()}`)).toMatchObject({ status: 401 });
  });

  it('counts once when it comes twice', async () => {
    const token = await world.token();

    const upgraded = await world.upgrade(bearerHeaders(token), ['switchboard.v1', `bearer.${token}`]);

    expect(upgraded).toMatchObject({ status: 101, protocol: 'switchboard.v1' });
  });

  it('is refused beside another one', async () => {
    const [one, other] = [await world.token(), await world.token({ sub: 'bob' })];

    expect(await world.upgrade(bearerHeaders(one), ['switchboard.v1', `bearer.${other}`])).toMatchObject({
      status: 403,
    });
    expect(await world.upgrade({}, ['switchboard.v1', `bearer.${one}`, `bearer.${other}`])).toMatchObject({
      status: 403,
    });
    const twice = { Authorization: [`Bearer ${one}`, `Bearer ${other}`] };
    expect((await world.upgrade(twice)).status).not.toBe(101);
  });

  it('decides the user, even if the query names another', async () => {
    const token = await world.token();

    expect(await world.upgrade({}, [], '?userId=admin')).toMatchObject({ status: 401 });
    expect(await world.upgrade(bearerHeaders(token), [], '?userId=admin')).toMatchObject({ status: 101 });
  });

  it.each([
    ['nothing', {}],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['another scheme', { Authorization: 'Basic YWxpY2U6eA==' }],
    ['no token in the sub-protocols', { 'Sec-WebSocket-Protocol': 'switchboard.v1' }],
    ['an empty token in the sub-protocols', { 'Sec-WebSocket-Protocol': 'switchboard.v1, bearer.' }],
  ])('is missing with %s', async (_, headers) => {
    expect(await world.upgrade(headers)).toMatchObject({ status: 401 });
  });
});

describe('A token in the query', () => {
  let world: JwksWorld;
  beforeAll(async () => {
    world = await JwksWorld.start({ AUTH_QUERY_TOKEN: 'true' });
  });
  afterAll(() => world.end());

  it('is taken if the setting allows it', async () => {
    expect(await world.upgrade({}, [], `?token=${await world.token()}`)).toMatchObject({ status: 101 });
  });

  it('is refused beside another one, also of the query', async () => {
    const [one, other] = [await world.token(), await world.token({ sub: 'bob' })];

    expect(await world.upgrade(bearerHeaders(one), [], `?token=${other}`)).toMatchObject({ status: 403 });
    expect(await world.upgrade({}, [], `?token=${one}&token=${other}`)).toMatchObject({ status: 403 });
  });

  it('cannot be parsed with a line break after it', async () => {
    expect(await world.upgrade({}, [], `?token=${await world.token()}%0A`)).toMatchObject({ status: 401 });
  });
});

describe('A token that admits once', () => {
  let world: JwksWorld;
  beforeAll(async () => {
    world = await JwksWorld.start({ AUTH_SINGLE_USE: 'true' });
  });
  afterAll(() => world.end());

  it('admits one of thirty simultaneous clients, and none later', async () => {
    const token = await world.token({ jti: 'ticket' });

    const upgrades = await Promise.all(Array.from({ length: 30 }, () => world.upgrade(bearerHeaders(token))));

    expect(upgrades.map(({ status }) => status).sort()).toEqual([101, ...Array(29).fill(403)]);
    expect(await world.upgrade(bearerHeaders(token))).toMatchObject({ status: 403 });
  });

  it('is refused without an id', async () => {
    expect(await world.upgrade(bearerHeaders(await world.token()))).toMatchObject({ status: 403 });
  });
});

describe('With a list of origins', () => {
  let world: JwksWorld;
  beforeAll(async () => {
    const admittedByTheGateway = ['chat', 'chat.example.evil', 'evil', 'xchat'].map(
      (name) => `https://${name}.example`,
    );
    world = await JwksWorld.start(
      { ALLOWED_ORIGINS: 'https://chat.example, http://localhost:8080' },
      admittedByTheGateway,
    );
  });
  afterAll(() => world.end());

  const from = async (Origin?: string) =>
    (await world.upgrade({ ...bearerHeaders(await world.token()), ...(Origin !== undefined && { Origin }) }))
      .status;

  it.each(['https://chat.example', 'http://localhost:8080'])('%s may connect', async (origin) => {
    expect(await from(origin)).toBe(101);
  });

  it.each([
    'https://chat.example.evil.example',
    'https://evil.example/https://chat.example',
    'https://xchat.example',
    'http://chat.example',
    'https://chat.example:8443',
    'https://chat.example/',
    'HTTPS://CHAT.EXAMPLE',
    'https://*.example',
    '*',
    'null',
    '',
    'https://chat.example, https://evil.example',
  ])('%j may not, with the best of tokens', async (origin) => {
    expect(await from(origin)).toBe(403);
  });

  it('a client without an origin may not', async () => {
    expect(await from()).toBe(403);
  });
});

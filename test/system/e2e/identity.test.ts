import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerWorld } from './support/server-world.js';

describe('The identity of a user', () => {
  let world: ServerWorld;
  beforeAll(async () => {
    world = await ServerWorld.start();
  });
  afterAll(() => world.end());

  it('a guest without a name gets one of their own', async () => {
    const guests = [await world.connect(), await world.connect()];

    const names = await Promise.all(guests.map(async (guest) => (await guest.do('hello')).userId));

    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^guest-[a-z0-9]{8}$/);
  });

  it.each([
    ['from', { from: 'admin' }],
    ['userId', { userId: 'admin' }],
    ['connectionId', { connectionId: 'other' }],
    ['requestContext', { requestContext: { authorizer: { userId: 'admin' } } }],
    ['principalId', { principalId: 'admin' }],
  ])('a frame that claims another %s is refused', async (_, claim) => {
    const mallory = await world.connect('mallory');

    expect(await mallory.ask('broadcast', { data: 1, ...claim })).toMatchObject({ code: 'invalid_message' });
    expect(await mallory.ask('send', { to: 'bob', data: 1, ...claim })).toMatchObject({
      code: 'invalid_message',
    });
  });

  it('claims inside `data` have no effect', async () => {
    const mallory = await world.connect('mallory');
    const data = { type: 'message', room: '*', from: 'admin', offset: 99 };

    await mallory.do('broadcast', { data });

    expect(await mallory.hears('*', data)).toMatchObject({ from: 'mallory', data });
  });

  it.each([
    ['empty', ''],
    ['with the store’s separator', 'a%23b'],
    ['that begins like an inbox', '@bob'],
    ['everybody’s room', '*'],
    ['with a space', 'a%20b'],
    ['with a line break', 'a%0Ab'],
    ['with a line break at its end', 'alice%0A'],
    ['with a NUL', 'a%00'],
    ['fullwidth', '%EF%BD%81lice'],
    ['with a zero-width space', 'ali%E2%80%8Bce'],
    ['that is no UTF-8', '%ff%fe'],
    ['of 257 characters', 'a'.repeat(257)],
    ['said twice', 'alice&userId=bob'],
    ['that begins like a route', '$connect'],
    ['with a quotation mark', 'a%22b'],
    ['with a backslash', 'a%5Cb'],
  ])('a user id %s is refused with 403', async (_, userId) => {
    expect(await world.status(`?userId=${userId}`)).toBe(403);
  });

  it.each([
    ['of 256 characters', '~'.repeat(256)],
    ['of every kind of character', encodeURIComponent("_!$%&'()+,-./0:;<=>?@A[]^`a{|}~")],
    ['that is a URL', encodeURIComponent('https://issuer.example/users?id=1&x=2')],
    ['that is a path', '../etc/passwd'],
    ['named constructor', 'constructor'],
    ['named __proto__', '__proto__'],
    ['said twice the same', 'alice&userId=alice'],
    ['beside unknown parameters', 'alice&__proto__=x&token=y'],
  ])('a user id %s is admitted', async (_, userId) => {
    expect(await world.status(`?userId=${userId}`)).toBe(101);
  });

  it('nothing of a refused connection is stored', async () => {
    const fresh = await ServerWorld.start();

    expect(await fresh.status('?userId=a%23b')).toBe(403);

    expect(await fresh.tables.all()).toEqual([]);
    await fresh.end();
  });

  it('user ids that differ in case are different users', async () => {
    const [small, capital] = [await world.connect('dora'), await world.connect('Dora')];

    await capital.do('send', { to: 'dora', data: 'small' });

    await small.hears('@dora', 'small');
    await world.settle();
    expect(capital.received('@dora')).toEqual([]);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Members } from '../../../protocol/actions.js';
import { FRAME_BYTES, ROSTER_BYTES } from '../../../protocol/limits.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { asSent, InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('a list of members', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  const ask = async (after?: string): Promise<Members> =>
    asSent(
      await world.app.readPresence.execute(alice, {
        action: 'presence',
        room: 'lobby',
        ...(after !== undefined && { after }),
      }),
    );
  const pages = async (first: Members): Promise<Members[]> => {
    const all = [first];
    for (let page = first; page.next !== undefined; all.push(page)) page = await ask(page.next);
    return all;
  };
  const join = async (caller: Caller, state?: unknown) =>
    asSent(
      await world.app.joinRoom.execute(caller, {
        action: 'join',
        room: 'lobby',
        ...(state !== undefined && { state: JsonText.of(state), counter: 1 }),
      }),
    );

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    await world.join('lobby', alice);
  });

  it('is complete if everything fits, without `next`', async () => {
    await join(await world.connect('bob'), 'here');

    expect(await ask()).toEqual({
      room: 'lobby',
      members: ['alice', 'bob'],
      states: [{ user: 'bob', state: 'here', counter: 1 }],
    });
  });

  it('has as many members as fit with their states, and `next` for the others', async () => {
    const longest = 'x'.repeat(254);
    for (let n = 0; n < 99; n += 1) await join(await world.connect(`user-${n}`), longest);

    const all = await pages(await join(alice));

    expect(all.length).toBeGreaterThan(1);
    for (const page of all) {
      expect(JSON.stringify([page.members, page.states]).length).toBeLessThan(ROSTER_BYTES + 100);
      expect(page).not.toHaveProperty('truncated');
    }
    const members = all.flatMap((page) => page.members);
    expect(members).toHaveLength(100);
    expect(new Set(members).size).toBe(100);
    const states = all.flatMap((page) => page.states ?? []);
    expect(states).toHaveLength(99);
    expect(new Set(states.map(({ user }) => user)).size).toBe(99);
    expect(JSON.stringify(all[0]).length).toBeLessThan(FRAME_BYTES - 16_384);
  });

  it('continues to the end of a room of any size, without states', async () => {
    for (let n = 0; n < 250; n += 1) await join(await world.connect(`user-${n}`), n);

    const all = await pages(await ask());

    expect(all.map(({ members }) => members.length)).toEqual([100, 100, 51]);
    expect(all.map(({ truncated }) => truncated)).toEqual([true, true, undefined]);
    expect(new Set(all.flatMap(({ members }) => members)).size).toBe(251);
    expect(all.flatMap(({ states = [] }) => states)).toEqual([]);
  });

  it('has every user who stays, while devices come and go between two pages', async () => {
    for (let n = 0; n < 150; n += 1) await join(await world.connect(`user-${n}`));
    const first = await ask();
    const late = (await pages(first)).at(-1)?.members.at(-1) ?? '';

    // A second device, before the place where the list continues.
    await join(await world.connect(late, '0='));
    const rest = await pages(await ask(first.next));

    expect(rest.flatMap(({ members }) => members)).toContain(late);
  });

  it('shows no connection id in `next`', async () => {
    for (let n = 0; n < 120; n += 1)
      await join(await world.connect(`user-${n}`, `${String(n).padStart(3, '0')}-secret=`));

    expect((await ask()).next).not.toContain('secret');
  });
});

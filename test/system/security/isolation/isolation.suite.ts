import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ALL_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import type { ServerFrame } from '../../../support/server-frame.js';
import type { Client } from '../../e2e/support/client.js';
import type { WorldOptions } from '../../e2e/support/server-world.js';
import { GuardedWorld } from '../support/guarded-world.js';
import { isolation } from '../support/isolation.js';

const { roles, frames, resume } = isolation();

const outcomeOf = ({ type, code }: ServerFrame) => (type === 'ack' ? 'ack' : code);

/** A reply without its request's id and room: everything that it tells about the room. */
const stripped = (reply: ServerFrame, room: string) =>
  JSON.stringify({ ...reply, id: '', requestId: '' }).replaceAll(room, 'ROOM');

/** The table of `isolation.json`, row by row. */
export const isolationSuite = (store: NonNullable<WorldOptions['store']>) => {
  let world: GuardedWorld;
  let host: Client;
  beforeAll(async () => {
    world = await GuardedWorld.start({ ...(store && { store }), env: { RATE_LIMIT: 'off' } });
    host = await world.connect('host', { permissions: ALL_PERMISSIONS });
    await world.connect('victim');
    await host.do('join', { room: 'lobby' });
    await host.do('publish', { room: 'lobby', data: 'secret of the lobby' });
    await host.do('send', { to: 'victim', data: 'secret of the victim' });
  });
  afterAll(() => world.end());

  const fill = async (fields: Record<string, unknown>, userId: string) => {
    const text = JSON.stringify(fields).replaceAll('@ME', `@${userId}`);
    if (!text.includes('"HEAD"')) return JSON.parse(text);
    const { epoch, offset } = await host.do('history', { room: 'lobby', limit: 1 });
    return JSON.parse(text.replaceAll('"HEAD"', JSON.stringify({ epoch, offset })));
  };

  const enter = async (role: string, userId = role): Promise<Client> => {
    const { permissions, before, alsoOn = [], refreshed } = roles[role] ?? { permissions: {}, before: [] };
    const other = alsoOn.length > 0 && (await world.connect(userId, { permissions }));
    if (other) for (const [action, fields] of alsoOn) await other.do(action, fields);
    const client = await world.connect(userId, { permissions });
    for (const [action, fields] of before) await client.do(action, fields);
    if (refreshed)
      await client.do('refresh', { token: await world.token(userId, { permissions: refreshed }) });
    return client;
  };

  it.each(Object.keys(roles))('%s', async (role) => {
    const client = await enter(role);

    const outcomes: [string, string, unknown][] = [];
    for (const { why, action, fields } of frames)
      outcomes.push([why, action, outcomeOf(await client.ask(action, await fill(fields, role)))]);

    expect(outcomes).toEqual(frames.map(({ why, action, expect }) => [why, action, expect[role]]));
  });

  it.each(Object.keys(roles))('%s, at resume', async (role) => {
    const userId = `${role}-again`;
    const client = await enter(role, userId);
    const cursors = resume.map(({ room }) => ({ room, epoch: 'x', offset: 0 }));

    const { rooms } = await client.do('hello', { resume: await fill(cursors as never, userId) });

    const answers = rooms as { room: string; error?: { code: string }; recovered?: boolean }[];
    const outcomes = resume.map(({ room }) => {
      const answer = answers.find((one) => one.room === room.replace('@ME', `@${userId}`));
      return [room, answer?.error?.code ?? (answer?.recovered === undefined ? 'nothing' : 'ack')];
    });
    expect(outcomes).toEqual(resume.map(({ room, expect }) => [room, expect[role]]));
    expect(JSON.stringify(client.frames)).not.toContain('secret of the victim');
  });

  it.each(['left', 'never', 'elsewhere', 'powerless', 'team'])(
    '%s cannot tell a room that exists from one that does not',
    async (role) => {
      const client = await enter(role, `${role}-guessing`);
      const both = async (action: string, fields: (room: string) => object) => {
        const [real, unreal] = ['lobby', 'no-such-room'] as const;
        const answers = [await client.ask(action, fields(real)), await client.ask(action, fields(unreal))];
        expect(stripped(answers[0] as ServerFrame, real)).toBe(stripped(answers[1] as ServerFrame, unreal));
      };

      await both('publish', (room) => ({ room, data: 1 }));
      await both('history', (room) => ({ room }));
      await both('history', (room) => ({ room, since: { epoch: 'x', offset: 0 } }));
      await both('presence', (room) => ({ room }));
      await both('presence', (room) => ({ room, verify: true }));
      await both('state', (room) => ({ room, state: 'here', counter: 1 }));
      await both('ping', (room) => ({ rooms: [room] }));
      await both('leave', (room) => ({ room }));
      if (role === 'powerless' || role === 'team') {
        await both('join', (room) => ({ room }));
        await both('join', (room) => ({ room, since: { epoch: 'x', offset: 0 } }));
        await both('join', (room) => ({ room, state: 'here', counter: 1 }));
      }
    },
  );

  it('a publication in a room is pushed only to its members', async () => {
    const clients = await Promise.all(Object.keys(roles).map((role) => enter(role, `${role}-listening`)));

    await host.do('publish', { room: 'lobby', data: 'for members' });
    await host.do('send', { to: 'victim', data: 'for the victim' });
    await host.do('broadcast', { data: 'the end' });
    await Promise.all(clients.map((client) => client.hears('*', 'the end')));

    const heard = Object.keys(roles).filter((_, n) => clients[n]?.said('lobby').includes('for members'));
    // A membership outlasts the permission to enter: it ends with leaving, or with the connection.
    expect(heard).toEqual(['member', 'lost', 'reader', 'blind']);
    expect(JSON.stringify(clients.map((client) => client.frames))).not.toContain('for the victim');
  });

  it('the members of a room are told only to members with permission', async () => {
    const see = await world.connect('seeing', { permissions: ALL_PERMISSIONS });
    const blind = await world.connect('unseeing', { permissions: { join: ['hall'], history: ['hall'] } });
    await see.do('join', { room: 'hall' });

    expect(await blind.do('join', { room: 'hall' })).toMatchObject({ members: [], truncated: true });
    await host.do('join', { room: 'hall' });
    await see.until(() => see.frames.find(({ joined }) => String(joined) === 'host'));
    await host.do('leave', { room: 'hall' });
    await see.until(() => see.frames.find(({ left }) => String(left) === 'host'));
    await host.do('broadcast', { data: 'enough' });
    await blind.hears('*', 'enough');

    expect(blind.frames.filter(({ type }) => type === 'presence')).toEqual([]);
    const { members } = await see.do('presence', { room: 'hall' });
    expect(new Set(members as string[])).toEqual(new Set(['seeing', 'unseeing']));
  });

  it('states are told only to members with permission', async () => {
    const say = await world.connect('saying', { permissions: ALL_PERMISSIONS });
    const see = await world.connect('seeing-it', { permissions: ALL_PERMISSIONS });
    const blind = await world.connect('unseeing-it', { permissions: { join: ['salon'] } });
    const stranger = await world.connect('strange', { permissions: ALL_PERMISSIONS });
    for (const client of [see, blind]) await client.do('join', { room: 'salon' });

    await say.do('join', { room: 'salon', state: 'secret of the salon', counter: 1 });
    await say.do('state', { room: 'salon', state: 'another secret', counter: 2 });
    await blind.do('join', { room: 'salon' });
    await blind.do('ping', { digests: [{ room: 'salon', digest: 1 }] });
    await blind.do('hello', { resume: [{ room: 'salon', epoch: 'x', offset: 0 }] });
    await stranger.ask('presence', { room: 'salon' });
    await see.until(() =>
      see.frames.find(({ states }) => JSON.stringify(states)?.includes('another secret')),
    );
    await host.do('broadcast', { data: 'that is it' });
    await Promise.all([blind, stranger].map((client) => client.hears('*', 'that is it')));

    expect(JSON.stringify([blind.frames, stranger.frames])).not.toContain('secret');
    expect(JSON.stringify([blind.frames, stranger.frames])).not.toContain('digest');
  });

  it('an ended session gets none of this', async () => {
    for (const { action, fields } of frames.slice(0, 18)) {
      const late = await world.connect('late', { seconds: -10, permissions: ALL_PERMISSIONS });
      late.send({ action, id: 'x', ...(await fill(fields, 'late')) });
      await late.closed;
      expect(late.frames.filter(({ type }) => type === 'ack')).toEqual([]);
      expect(late.frames[0]).toMatchObject({ type: 'disconnect', code: 'token_expired' });
    }
  });
};

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallbackFault } from '../../../gateway/faults.js';
import { PushedClients } from '../../support/worlds/pushed-clients.js';

describe('pushes through a callback API that misbehaves', () => {
  let world: PushedClients;
  let alice: string;
  const frame = '{"type":"message"}';
  const send = (connectionId: string, deadline = world.deadline()) =>
    world.notifier.send(connectionId, frame, deadline);
  const failAtFirst = (times: number, answer: CallbackFault['answer'], carryOut = false) =>
    world.misbehave(() => (world.calls.length <= times ? { answer, carryOut } : undefined));

  beforeEach(async () => {
    world = await PushedClients.create();
    alice = await world.open();
  });
  afterEach(() => world.end());

  it.each([410, 400] as const)('treats %i as gone, and does not ask again', async (answer) => {
    failAtFirst(9, answer);

    expect(await send(alice)).toBe('gone');
    expect(world.calls).toHaveLength(1);
    expect(world.failures).toEqual([]);
  });

  it.each([429, 500, 502, 503, 504, 'reset'] as const)('tries again after %s', async (answer) => {
    failAtFirst(1, answer);

    expect(await send(alice)).toBe('delivered');
    expect(world.calls).toHaveLength(2);
    expect(await world.received(alice, 1)).toHaveLength(1);
  });

  it.each([429, 500, 'reset'] as const)('fails after a third %s, and says why', async (answer) => {
    failAtFirst(9, answer);

    expect(await send(alice)).toBe('failed');
    expect(world.calls).toHaveLength(3);
    expect(world.failures).toEqual([{ connectionId: alice, error: expect.any(Error) }]);
  });

  it.each([429, 500, 'reset'] as const)('fails after a single %s if it may try only once', async (answer) => {
    failAtFirst(9, answer);

    expect(await world.notifier.send(alice, frame, world.deadline(), { once: true })).toBe('failed');
    expect(world.calls).toHaveLength(1);
  });

  it.each([403, 413] as const)(
    'fails at once after %i, because another try would not help',
    async (answer) => {
      failAtFirst(9, answer);

      expect(await send(alice)).toBe('failed');
      expect(world.calls).toHaveLength(1);
    },
  );

  it('delivers twice if only the answer was lost: clients recognise a publication by its place', async () => {
    failAtFirst(1, 'reset', true);

    expect(await send(alice)).toBe('delivered');
    expect(await world.received(alice, 2)).toHaveLength(2);
  });

  it('fails at the deadline without an answer', async () => {
    failAtFirst(9, 'hang');

    expect(await send(alice, Date.now() + 200)).toBe('failed');
    expect(world.calls).toHaveLength(1);
  });

  it('tries again when there is no answer for a while and time is left', async () => {
    failAtFirst(1, 'hang');

    expect(await send(alice)).toBe('delivered');
    expect(world.calls).toHaveLength(2);
  });

  it('reports `unknown` without an answer, and closes the connection anyway', async () => {
    world.misbehave(() => ({ answer: 'hang' }));
    const soon = Date.now() + 200;

    expect(await world.notifier.probe(alice, soon)).toBe('unknown');
    await world.notifier.close(alice, soon);
    expect(world.failures).toHaveLength(1);
  });

  it('does not even ask when the deadline has passed', async () => {
    expect(await send(alice, Date.now())).toBe('failed');
    expect(world.calls).toHaveLength(0);
  });

  it('fails at a deadline that comes before the next try', async () => {
    world.misbehave(() => ({ answer: 429 }));
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => send(alice, Date.now() + 100)));

    expect(outcomes).toEqual(Array(10).fill('failed'));
  });

  it('reaches all others while one hangs, one is throttled and one is gone', async () => {
    const ids = [alice];
    for (let n = 0; n < 20; n += 1) ids.push(await world.open());
    const [hanging = '', throttled = '', gone = '', ...others] = ids;
    const faults = new Map<string, CallbackFault>([
      [hanging, { answer: 'hang' }],
      [throttled, { answer: 429 }],
      [gone, { answer: 410 }],
    ]);
    world.misbehave(({ connectionId }) => faults.get(connectionId));
    let settled = false;

    const deadline = Date.now() + 1_500;
    const bad = Promise.all([send(hanging, deadline), send(throttled, deadline), send(gone, deadline)]);
    const first = bad.finally(() => {
      settled = true;
    });
    expect(await Promise.all(others.map((id) => send(id)))).toEqual(others.map(() => 'delivered'));

    expect(settled).toBe(false);
    expect(await first).toEqual(['failed', 'failed', 'gone']);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Cursor } from '../../../protocol/cursor.js';
import { Listening } from '../support/listening.js';

const number = fc.nat({ max: 1_000 });
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.constant((l: Listening) => l.publish()) },
  { weight: 2, arbitrary: number.map((n) => (l: Listening) => l.push(n)) },
  { weight: 8, arbitrary: fc.integer({ min: -2, max: 3 }).map((n) => (l: Listening) => l.pushNear(n)) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }).map((n) => (l: Listening) => l.ask(n)) },
  { weight: 3, arbitrary: number.map((n) => (l: Listening) => l.answer(n)) },
  { weight: 2, arbitrary: fc.constant((l: Listening) => l.lookUp()) },
  { weight: 2, arbitrary: number.map((n) => (l: Listening) => l.observe(n)) },
  { weight: 1, arbitrary: fc.constant((l: Listening) => l.start()) },
  { weight: 2, arbitrary: number.map((n) => (l: Listening) => l.start(l.heads[n % l.heads.length])) },
  { weight: 1, arbitrary: fc.constant((l: Listening) => l.renew()) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((n) => (l: Listening) => l.expire(n)) },
);

const deeds = fc.array(deed, { minLength: 20, maxLength: 120, size: 'max' });

const after = (deeds: ((l: Listening) => void)[]): Listening => {
  const listening = new Listening();
  for (const act of deeds) act(listening);
  return listening;
};

const RUNS = { numRuns: 2_000 };

describe('A stream', () => {
  it('hands out each offset once and in order, or tells where it continues', () => {
    fc.assert(
      fc.property(deeds, (deeds) => {
        const { seen } = after(deeds);
        let last: Cursor | undefined;
        for (const one of seen) {
          if ('reset' in one) last = one.reset;
          else {
            if (last) expect(one).toMatchObject({ epoch: last.epoch, offset: last.offset + 1 });
            // An offset in an epoch is always the same publication.
            expect(one.id).toBe(`${one.epoch}-${one.offset}`);
            last = one;
          }
        }
      }),
      RUNS,
    );
  });

  it('never goes back in an epoch that it has seen', () => {
    fc.assert(
      fc.property(deeds, (deeds) => {
        const { seen } = after(deeds);
        const ids = seen.flatMap((one) => ('id' in one ? [one.id] : []));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
  });

  it('is up to date once it has seen the head and read the missing items', () => {
    fc.assert(
      fc.property(deeds, (deeds) => {
        const listening = after(deeds);
        listening.start();
        listening.lookUp();
        listening.observe(listening.heads.length - 1);
        listening.catchUp();

        expect(listening.stream.cursor()).toEqual(listening.log.head);
        expect(listening.stream.held.size).toBe(0);
      }),
      RUNS,
    );
  });

  it('tells of a reset only if messages are missing', () => {
    fc.assert(
      fc.property(deeds, (deeds) => {
        const listening = new Listening();
        listening.renew = () => {};
        listening.expire = () => {};
        for (const act of deeds) act(listening);

        expect(listening.seen.filter((one) => 'reset' in one)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('holds no more than so many pushes, and reads the others in history', () => {
    const listening = new Listening();
    listening.start();
    for (let n = 0; n < 5_000; n += 1) listening.publish();
    for (let n = 4_999; n > 0; n -= 1) listening.push(n);
    expect(listening.stream.held.size).toBeLessThanOrEqual(1_000);

    for (let n = 0; n < 3_000; n += 1) listening.catchUp();

    expect(listening.seen).toHaveLength(5_000);
  });

  it('asks again after a log was set back, because of pushes beyond it', () => {
    const listening = new Listening();
    for (let n = 0; n < 5; n += 1) listening.publish();
    listening.start();
    listening.publish();
    listening.publish();
    listening.push(6);

    listening.log.entries = listening.log.entries.slice(0, 2);
    listening.ask(10);
    listening.answer(0);

    expect(listening.seen).toEqual([{ reset: { reason: 'ahead', epoch: 'e1', offset: 2 } }]);
    expect(listening.stream.isBehind()).toBe(true);
    listening.catchUp();
    expect(listening.stream.cursor()).toEqual(listening.log.head);
  });

  it('asks at once if earlier pushes belong to another epoch', () => {
    const listening = new Listening();
    const old = listening.log.head;
    listening.renew();
    listening.publish();
    listening.push(0);

    listening.start(old);

    expect(listening.stream.isBehind()).toBe(true);
    listening.catchUp();
    expect(listening.stream.cursor()).toEqual(listening.log.head);
  });
});

import { describe, expect, it } from '@jest/globals';
import { planLoad } from '../../../../scripts/trials/load/plan.js';

const wanted = { connections: 5_000, rate: 5, seconds: 60, opening: 100 };

describe('the plan of a load', () => {
  it('has rooms of ten members by default', () => {
    expect(planLoad(wanted)).toEqual({ ...wanted, rooms: 500 });
  });

  it('has one room for fewer than ten', () => {
    expect(planLoad({ ...wanted, connections: 3 }).rooms).toBe(1);
  });

  it('accepts the highest rate that its rooms admit', () => {
    expect(planLoad({ ...wanted, rooms: 5, rate: 10 }).rate).toBe(10);
  });

  it('refuses a rate above the limit of its rooms, and shows the calculation', () => {
    expect(() => planLoad({ ...wanted, rooms: 5, rate: 11 })).toThrow(
      '--rate 11 is too high: a room of 1000 members admits 2 publications a second, times 5 rooms = 10 a second. ' +
        'Lower --rate or raise --rooms.',
    );
  });

  it.each([
    ['connections', { connections: 0 }],
    ['connections', { connections: 2.5 }],
    ['rate', { rate: Number.NaN }],
    ['rooms', { rooms: 0 }],
    ['rooms', { connections: 5, rooms: 6 }],
  ])('refuses a --%s that makes no sense: %j', (name, wrong) => {
    expect(() => planLoad({ ...wanted, ...wrong })).toThrow(`--${name} must`);
  });
});

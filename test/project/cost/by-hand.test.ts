import { describe, expect, it } from '@jest/globals';
import { monthOf, predict } from '../../../scripts/cost/predict.js';
import { DEFAULT_TRAFFIC, type Traffic } from '../../../scripts/cost/traffic.js';
import { charges } from '../../../src/entry/local/bill/charges.js';

const QUIET: Traffic = {
  ...DEFAULT_TRAFFIC,
  publications: 0,
  sessions: 0,
  pingMinutes: 0,
  keepAliveMinutes: 0,
};

const costOf = (traffic: Partial<Traffic>): Record<string, number> => {
  const month = { ...QUIET, ...traffic };
  const charged = charges(predict(monthOf(month), month));
  return Object.fromEntries(
    Object.entries(charged).map(([kind, dollars]) => [kind, Math.round(dollars * 1e4) / 1e4]),
  );
};

describe('A month, computed by hand', () => {
  it('of 10,000 sockets that say nothing costs their 432 million minutes', () => {
    expect(costOf({ connections: 10_000 })).toEqual({
      messages: 0,
      connectionMinutes: 108,
      invocations: 0,
      gigabyteSeconds: 0,
      readUnits: 0,
      writeUnits: 0,
      logBytes: 0,
    });
  });

  it('of an hour-long session has five pings ten minutes apart, and six keep-alives', () => {
    const hourly = { connections: 1, sessions: 720, pingMinutes: 10, keepAliveMinutes: 5 };

    expect(monthOf({ ...QUIET, ...hourly })).toMatchObject({ pings: 720 * 5, keepAlives: 720 * 6 });
  });

  it('of a million short publications to rooms of ten costs $15.89', () => {
    // In, ack, ten pushes; 0.5 GB for 50 ms; 5 reads; 4 writes; 471 bytes of log.
    expect(costOf({ connections: 0, publications: 1_000_000, members: 10, dataBytes: 100 })).toEqual({
      messages: 12,
      connectionMinutes: 0,
      invocations: 0.2,
      gigabyteSeconds: 0.3333,
      readUnits: 0.625,
      writeUnits: 2.5,
      logBytes: 0.2355,
    });
  });

  it('of ten million publications of 2,000 bytes to rooms of 200 pays the lower price beyond 1,000 million messages', () => {
    // 2,020 million messages; two invocations each; 3 + 2 × 7 reads; 3 + 3 writes; 883 bytes of log.
    expect(costOf({ connections: 0, publications: 10_000_000, members: 200, dataBytes: 2_000 })).toEqual({
      messages: 1816,
      connectionMinutes: 0,
      invocations: 4,
      gigabyteSeconds: 6.6667,
      readUnits: 21.25,
      writeUnits: 37.5,
      logBytes: 4.415,
    });
  });
});

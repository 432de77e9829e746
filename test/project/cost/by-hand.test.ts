import { describe, expect, it } from '@jest/globals';
import { priceAppSyncEvents } from '../../../scripts/cost/app-sync-events.js';
import { priceContainers } from '../../../scripts/cost/container.js';
import { monthOf } from '../../../scripts/cost/events.js';
import { predict } from '../../../scripts/cost/predict.js';
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

  it('of a thousand connections that are replaced 400 times tells others of the 30 absences only', () => {
    const month = { connections: 1_000, sessions: 400, absences: 30, rooms: 1, members: 10 };

    // 400,000 × 2 messages, and 30,000 × 2 × 9; 400,000 × 12 writes, and 30,000 × 2.
    expect(costOf(month)).toMatchObject({ messages: 1.34, invocations: 0.32, writeUnits: 3.0375 });
    expect(costOf({ ...month, members: 101 })).toMatchObject({ messages: 0.8, writeUnits: 3 });
  });

  it('of a million signals to two others costs $5.89', () => {
    // In, two pushes; 0.5 GB for 50 ms; 2 reads; 3 writes; 471 bytes of log.
    expect(costOf({ connections: 0, signals: 1_000_000, members: 3 })).toEqual({
      messages: 3,
      connectionMinutes: 0,
      invocations: 0.2,
      gigabyteSeconds: 0.3333,
      readUnits: 0.25,
      writeUnits: 1.875,
      logBytes: 0.2355,
    });
  });

  it('of ten thousand publications to a room of 12,000 has three pieces each, in two batches', () => {
    // In, ack, 12,000 pushes; publish, fan-out and two batches; 3 + 367 reads, 1 + 2, and 3 × 123; 3 + 1 writes.
    expect(costOf({ connections: 0, publications: 10_000, members: 12_000 })).toMatchObject({
      messages: 120.02,
      invocations: 0.008,
      readUnits: 0.9275,
      writeUnits: 0.025,
    });
  });

  it('of ten million publications of 2,000 bytes to rooms of 200 pays the lower price beyond 1,000 million messages', () => {
    // 2,020 million messages; two invocations each, 50 ms of 0.5 GB and 50 ms of 1,769 MB; 3 + 2 × 7 reads, and 1 + 7 of fan-out; 3 + 3
    // writes; 883 bytes of log.
    expect(costOf({ connections: 0, publications: 10_000_000, members: 200, dataBytes: 2_000 })).toEqual({
      messages: 1816,
      connectionMinutes: 0,
      invocations: 4,
      gigabyteSeconds: 14.8503,
      readUnits: 31.25,
      writeUnits: 37.5,
      logBytes: 4.415,
    });
  });
});

describe('A month elsewhere, computed by hand', () => {
  const cents = (lines: { name: string; dollars: number }[]) =>
    Object.fromEntries(lines.map(({ name, dollars }) => [name, Math.round(dollars * 100) / 100]));

  it('of AppSync Events counts connections, subscriptions, what comes in and what goes out, in steps of 5 KB', () => {
    const month = { ...QUIET, connections: 1_000, sessions: 100, publications: 1_000_000, dataBytes: 6_000 };

    // 100,000 sessions × (1 + 3) + 1,000,000 × (1 + 10) × 2; 43.2 million minutes.
    expect(cents(priceAppSyncEvents(monthOf(month), month))).toEqual({
      'operations of 5 KB': 22.4,
      'connection minutes': 3.46,
    });
  });

  it('of containers counts the balancer, whatever its largest count is, and two containers at least', () => {
    const month = { ...QUIET, connections: 6_000, publications: 100_000_000, dataBytes: 850 };

    // 1,200 GB in 720 h are 1.67 units, and 6,000 connections are 2; 2 × 720 h × $0.04937; a unit for each write.
    expect(cents(priceContainers(monthOf(month), month))).toEqual({
      'balancer hours': 16.2,
      'capacity unit hours': 11.52,
      'container hours': 71.09,
      'write units': 62.5,
      'read units': 0,
    });
  });
});

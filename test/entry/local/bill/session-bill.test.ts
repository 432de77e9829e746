import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { Meter } from '../../../../gateway/meter.js';
import { sessionBill } from '../../../../src/entry/local/bill/session-bill.js';
import { SessionMeter } from '../../../../src/entry/local/bill/session-meter.js';

const DEFAULTS = new URL('../../../../deploy/defaults.yml', import.meta.url);

it.each([
  ['$default', 'memory'],
  ['publish', 'memory'],
  ['fan-out', 'pushMemory'],
  ['pieces', 'pushMemory'],
])('function time of %s counts in gigabyte-seconds of the default %s', (name, setting) => {
  const meter = new SessionMeter();
  meter.gateway.invocation(name, 2_000);
  const { [setting]: memory = 0 } = parse(readFileSync(DEFAULTS, 'utf8')) as Record<string, number>;

  expect(meter.usage.amounts.gigabyteSeconds).toBe(2 * (memory / 1_024));
});

it('invocations from outside the gateway count too, even failed ones', async () => {
  const meter = new SessionMeter();
  const fails = meter.metered('fan-out', async () => {
    throw new Error('no');
  });

  await expect(fails()).rejects.toThrow('no');

  expect(meter.usage.amounts.invocations).toBe(1);
});

it('the bill names each charge and its kinds of messages', () => {
  const meter = new SessionMeter(new Meter());
  meter.gateway.opened('a');
  for (const kind of ['received', 'replies', 'pushes', 'pushes'] as const) meter.gateway.message(kind, 'hi');

  meter.gateway.invocation('$connect', 4);
  meter.gateway.invocation('$default', 7);

  const bill = sessionBill(meter.usage) ?? '';

  expect(bill).toMatch(/^On AWS, this session would have cost \(us-east-1, list prices of \d{4}-\d\d-\d\d/);
  expect(bill).toMatch(/messages of 32 KB +4 +\$0\.000004000 {2}1 received, 1 replies, 2 pushes\n/);
  expect(bill).toMatch(/function time, GB-s +0.01 +\$\S+ {2}this machine's, 5.5 ms each\n/);
  expect(bill).toMatch(/read units +0 +\$0\.00 {2}not in DynamoDB\n/);
  expect(bill).toMatch(/total +\$0\.0000047/);
});

it('a session without a client has no bill', () => {
  expect(sessionBill(new SessionMeter().usage)).toBeUndefined();
});

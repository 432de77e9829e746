import { expect, it } from '@jest/globals';
import { ClientError } from '../../../../src/domain/client-error.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { createExpiry } from '../../../../src/entry/lambda/mysql/create-expiry.js';

const expiry = (passes: (number | Error)[], remainingMs = () => 60_000) => {
  const lines: Record<string, unknown>[] = [];
  const log = new EventLog('info', { write: (line: string) => lines.push(JSON.parse(line)) });
  const pass = async () => {
    const next = passes.shift() ?? 0;
    if (next instanceof Error) throw next;
    return next;
  };
  const run = () =>
    createExpiry(pass, log)({}, { awsRequestId: 'r1', getRemainingTimeInMillis: remainingMs });
  return { lines, run };
};

it('goes on until a pass finds nothing', async () => {
  const { run, lines } = expiry([200, 200, 7, 0, 99]);

  expect(await run()).toEqual({ deleted: 407 });
  expect(lines).toMatchObject([{ requestId: 'r1', route: 'expiry', outcome: 'ok', deleted: 407 }]);
});

it('ends before its time is up', async () => {
  let left = 50_000;
  const { run } = expiry(Array(100).fill(200), () => {
    left -= 10_000;
    return left;
  });

  expect(await run()).toEqual({ deleted: 600 });
});

it('fails with a code, and says in the log why', async () => {
  const { run, lines } = expiry([200, new ClientError('unavailable', { cause: new Error('away') })]);

  await expect(run()).rejects.toThrow('unavailable');
  expect(lines).toMatchObject([{ outcome: 'unavailable', deleted: 200, error: { message: 'away' } }]);
});

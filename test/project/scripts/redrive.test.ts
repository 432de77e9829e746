import { describe, expect, it } from '@jest/globals';
import { failureRecord } from './support/failure-record.js';
import { RedriveWorld } from './support/redrive-world.js';

const KEY = 'aws/lambda/mapping/shard/2026/11/26/one';

describe('npm run redrive', () => {
  const world = new RedriveWorld();

  it('lists the records that fan-out gave up on, and changes nothing', async () => {
    world.objects.set(KEY, failureRecord(1, 2));

    expect(await world.redrive('--bucket', 'failures', '--function', 'fan-out')).toEqual({
      code: 0,
      stdout:
        '2026-11-26T12:00:00.000Z  RetryAttemptsExhausted  lobby 1,2\n1 failed batch; --push pushes them again\n',
      stderr: '',
    });
    expect(world.objects.size).toBe(1);
    expect(world.received()).toEqual([]);
  });

  it('pushes them again, and deletes those that succeeded', async () => {
    world.objects.set(KEY, failureRecord(1, 2));

    const { code, stdout } = await world.redrive('--bucket', 'failures', '--function', 'fan-out', '--push');

    expect(stdout).toContain('\n  pushed again\n');
    expect(code).toBe(0);
    expect(world.received()).toEqual([1, 2]);
    expect(world.objects.size).toBe(0);
  });

  it('keeps what fails again, and exits with 1', async () => {
    world.fails = true;
    world.objects.set(KEY, failureRecord(1, 2));

    const { code, stdout } = await world.redrive('--bucket', 'failures', '--function', 'fan-out', '--push');

    expect(stdout).toContain('  2 of 2 failed again; kept');
    expect(code).toBe(1);
    expect(world.objects.size).toBe(1);
  });

  it('names an object that is not a failure record, and continues', async () => {
    world.objects.set('aws/lambda/odd', 'odd');
    world.objects.set(KEY, failureRecord(3));

    const { stdout } = await world.redrive('--bucket', 'failures', '--function', 'fan-out', '--push');

    expect(stdout).toContain('aws/lambda/odd is no failure record');
    expect(world.received()).toEqual([3]);
    expect([...world.objects.keys()]).toEqual(['aws/lambda/odd']);
  });

  it('says how to name a stage', async () => {
    expect(await world.redrive('--push')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Usage: npm run redrive'),
    });
  });
});

import { expect, it } from '@jest/globals';
import { EventLog } from '../../../../src/entry/event-log.js';
import { LogMeter } from '../../../../src/entry/local/bill/log-meter.js';

it.each(['silent', 'warn'])(
  'what a deployment would log counts though the program logs at %s, and is not shown',
  (shown) => {
    const meter = new LogMeter();
    const { level, destination } = meter.around(shown);
    const log = new EventLog(level, destination);

    log.info({ route: 'publish' });

    expect(meter.bytes).toBeGreaterThan(40);
  },
);

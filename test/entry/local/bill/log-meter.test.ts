import { expect, it } from '@jest/globals';
import { EventLog } from '../../../../src/entry/event-log.js';
import { LogMeter } from '../../../../src/entry/local/bill/log-meter.js';

it.each(['silent', 'warn'])('the lines of a deployment count even if the program logs at %s', (shown) => {
  const meter = new LogMeter();
  const { level, destination } = meter.around(shown);
  const log = new EventLog(level, destination);

  log.info({ route: 'publish' });

  expect(meter.bytes).toBeGreaterThan(40);
});

import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../support/capture-log.js';

describe('A line', () => {
  const event = (requestId: string, connectionId = 'c=') => {
    const { log, ...kept } = captureLog();
    log.event({ requestId, connectionId, routeKey: 'ping' }, { outcome: 'ok' }, 1.4);
    return kept;
  };

  it('has the time, the event, the connection, the outcome and the duration', () => {
    expect(event('r=').events()).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        requestId: 'r=',
        connectionId: 'c=',
        route: 'ping',
        outcome: 'ok',
        durationMs: 1,
      },
    ]);
  });

  it('stays one line, even with control characters in an id', () => {
    const every = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('');
    const nasty = `${every.slice(0, 0x20)}${every.slice(0x7f)}\u2028\u2029`;

    const kept = event(nasty);

    expect(kept.text()).toMatch(/^[\x20-\x7e]+\n$/);
    expect(kept.events()[0]?.requestId).toBe(nasty);
  });

  it('has ids of at most 128 characters', () => {
    const [line] = event('r'.repeat(1_000), 'c'.repeat(129)).events();

    expect(line).toMatchObject({ requestId: 'r'.repeat(128), connectionId: 'c'.repeat(128) });
  });
});

import { describe, expect, it } from '@jest/globals';
import { Latency } from '../../../demo/machinery/latency.js';

describe('The latency of answers', () => {
  it('is measured from each request to its answer, connection by connection', () => {
    let now = 0;
    const latency = new Latency(() => now);
    const [one, other] = [{}, {}];

    latency.sent(one, '{"action":"ping","id":"c1"}');
    now = 5;
    latency.sent(other, '{"action":"ping","id":"c1"}');
    now = 20;
    expect(latency.received(one, '{"type":"ack","id":"c1"}')).toBe(20);
    now = 35;
    expect(latency.received(other, '{"type":"error","id":"c1","code":"internal"}')).toBe(30);
    expect(latency.summary).toEqual({ last: 30, median: 30, slowest: 30 });
  });

  it('ignores pushes, answers to nothing and answers on a connection that has ended', () => {
    const latency = new Latency(() => 0);
    const connection = {};
    latency.sent(connection, '{"action":"ping","id":"c1"}');

    expect(latency.received(connection, '{"type":"message","id":"c1"}')).toBeUndefined();
    expect(latency.received(connection, '{"type":"ack","id":"c2"}')).toBeUndefined();
    expect(latency.received(connection, 'no JSON')).toBeUndefined();
    latency.ended(connection);
    expect(latency.received(connection, '{"type":"ack","id":"c1"}')).toBeUndefined();
    expect(latency.summary).toBeUndefined();
  });
});

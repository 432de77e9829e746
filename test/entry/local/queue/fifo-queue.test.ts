import { beforeEach, describe, expect, it } from '@jest/globals';
import { FifoQueue } from '../../../../src/entry/local/queue/fifo-queue.js';

describe('a local FIFO queue', () => {
  let now: number;
  let deadLetters: FifoQueue;
  let queue: FifoQueue;

  beforeEach(() => {
    now = 1_000;
    const options = { visibilityTimeout: 30, now: () => now };
    deadLetters = new FifoQueue(options);
    queue = new FifoQueue({ ...options, maxReceiveCount: 2, deadLetters });
  });

  const send = (groupId: string, ...bodies: string[]) => {
    for (const body of bodies) queue.send({ body, groupId, deduplicationId: `${groupId} ${body}` });
  };
  const receive = (most = 10) => queue.receive(most).map(({ body }) => body);
  const done = (body: string) =>
    queue.delete(queue.messages.find((message) => message.body === body)?.messageId ?? '');

  it('gives as many messages as possible of the group with the oldest message', () => {
    send('a', 'a1');
    send('b', 'b1');
    send('a', 'a2', 'a3');

    expect(receive(3)).toEqual(['a1', 'a2', 'a3']);
    expect(receive(3)).toEqual(['b1']);
  });

  it('gives nothing of a group while one of its messages is hidden, and the first of it again afterwards', () => {
    send('a', 'a1', 'a2');

    expect(receive(1)).toEqual(['a1']);
    expect(receive()).toEqual([]);
    expect(queue.nextAt).toBe(31_000);
    now = 31_000;
    expect(receive(1)).toEqual(['a1']);
    done('a1');
    expect(receive()).toEqual(['a2']);
  });

  it('gives again what was hidden before the clock was set back', () => {
    now = 1_000_000_000;
    send('a', 'a1');
    expect(receive()).toEqual(['a1']);

    now = 1_000;

    expect(queue.nextAt).toBeUndefined();
    expect(receive()).toEqual(['a1']);
  });

  it('puts aside a message that was received too often, and then gives the ones behind it', () => {
    send('a', 'a1', 'a2');
    for (let times = 0; times < 2; times += 1) {
      expect(receive(1)).toEqual(['a1']);
      now += 30_000;
    }

    expect(receive()).toEqual(['a2']);
    expect(deadLetters.messages.map(({ body }) => body)).toEqual(['a1']);
  });

  it('adds the same deduplication id once in five minutes, whether or not it was served', () => {
    send('a', 'a1');
    receive();
    done('a1');
    now += 299_999;
    send('a', 'a1');
    expect(receive()).toEqual([]);
    now += 1;
    send('a', 'a1');
    expect(receive()).toEqual(['a1']);
  });
});

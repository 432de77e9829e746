import { describe, expect, it } from '@jest/globals';
import { Outbox } from '../../../demo/chat/outbox.js';

const LOST = { code: 'connection_lost', message: 'No connection', retryable: true };
const REFUSED = { code: 'forbidden', message: 'You may not do this.', retryable: false };
const HOUR_MS = 3_600_000;

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** An outbox whose server answers the first messages with `answers`, and then accepts all. */
const outboxWith = (answers: object[] = [], entries: object[] = []) => {
  const sent: string[] = [];
  const keys: string[] = [];
  const publish = async (text: string, key: string) => {
    keys.push(key);
    const failure = answers.shift();
    if (failure) throw failure;
    sent.push(text);
    return { epoch: 'e', offset: sent.length };
  };
  const outbox = new Outbox(publish, () => {}, entries as never[]);
  return { outbox, sent, keys };
};

const remembered = (text: string, ageMs: number) => ({ key: text, text, after: 0, at: Date.now() - ageMs });

describe('The outbox', () => {
  it('sends nothing before it is opened', async () => {
    const { outbox, sent } = outboxWith([], [remembered('m1', 0)]);
    outbox.add('m2', 0);
    await settled();
    expect(sent).toEqual([]);

    outbox.open();
    await settled();
    expect(sent).toEqual(['m1', 'm2']);
  });

  it('keeps the order when a message fails with a retryable error', async () => {
    const { outbox, sent, keys } = outboxWith([LOST]);
    outbox.open();
    for (const text of ['m1', 'm2', 'm3']) outbox.add(text, 0);
    await settled();
    expect(sent).toEqual([]);
    expect(outbox.isStopped).toBe(true);

    outbox.add('m4', 0);
    await settled();
    expect(sent).toEqual([]);

    outbox.retry();
    await settled();
    expect(sent).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(keys[0]).toBe(keys[1]);
  });

  it('continues after a message that is permanently refused', async () => {
    const { outbox, sent } = outboxWith([REFUSED]);
    outbox.open();
    outbox.add('m1', 0);
    outbox.add('m2', 0);
    await settled();

    expect(sent).toEqual(['m2']);
    expect(outbox.unsent).toBe(1);
  });

  it('continues when the blocking message is discarded', async () => {
    const { outbox, sent } = outboxWith([LOST]);
    outbox.open();
    outbox.add('m1', 0);
    outbox.add('m2', 0);
    await settled();
    outbox.discard(outbox.entries[0]);
    await settled();

    expect(sent).toEqual(['m2']);
  });

  it('does not repeat messages by itself that are older than the server remembers keys', async () => {
    const { outbox, sent } = outboxWith([], [remembered('old', 25 * HOUR_MS), remembered('young', HOUR_MS)]);
    outbox.open();
    await settled();

    expect(sent).toEqual(['young']);
    expect(outbox.entries[0]).toMatchObject({ text: 'old', state: 'failed' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { InMemoryHandover } from '../../../src/adapters/in-memory/handover.js';
import { MemoryStore } from '../../../src/adapters/in-memory/memory-store.js';
import { InMemoryPublicationLog } from '../../../src/adapters/in-memory/publication-log.js';
import { InMemoryRoomRepository } from '../../../src/adapters/in-memory/room-repository.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { UnlimitedRateLimiter } from '../../../src/adapters/unlimited/rate-limiter.js';
import type { FanOut } from '../../../src/application/delivery/fan-out.js';
import type { Handover } from '../../../src/application/ports/handover.js';
import { Publisher } from '../../../src/application/publishing/publisher.js';
import { RoomSizes } from '../../../src/application/publishing/room-sizes.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import type { Publication } from '../../../src/domain/publications/publication.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

const caller = { connectionId: 'a=', userId: 'alice', connectedAt: 0, requestId: 'r1' };

/** In memory, in front of this delivery; and what it does with one publication to a room. */
const publish = async (handover: Handover, deliver: FanOut['deliver'], data: JsonText) => {
  const clock = new VirtualClock();
  const log = new InMemoryPublicationLog(clock, new SystemRandom());
  const sizes = new RoomSizes(new InMemoryRoomRepository(new MemoryStore(), clock), clock, 10);
  const fanOut = { deliver } as Partial<FanOut> as FanOut;
  const publisher = new Publisher(log, handover, sizes, fanOut, new UnlimitedRateLimiter(), clock, 10);
  return publisher.publish('lobby', caller, { data }, await publisher.lookAhead(caller, 'lobby'));
};

describe('a publisher', () => {
  const wrong = new Error('members cannot be read');

  it('acks a durable publication, and hands it over when pushing fails', async () => {
    const streamed: Publication[] = [];
    const handover = new InMemoryHandover((publication) => streamed.push(publication));

    const { ack, deliveryError } = await publish(handover, () => Promise.reject(wrong), JsonText.of('hi'));

    expect(ack).toMatchObject({ room: 'lobby', offset: 1 });
    expect(deliveryError).toBe(wrong);
    expect(streamed).toMatchObject([{ room: 'lobby', offset: 1, data: JsonText.of('hi') }]);
  });

  it('acks a durable publication even if it can neither be pushed nor handed over', async () => {
    const full = new Error('the queue refuses it');
    const handover = { byAppend: false, handOver: () => Promise.reject(full) };

    const { ack, deliveryError } = await publish(handover, () => Promise.reject(wrong), JsonText.of('hi'));

    expect(ack).toMatchObject({ room: 'lobby', offset: 1 });
    expect(deliveryError).toBe(full);
  });

  it('pushes the text of data byte for byte, at the end of the frame', async () => {
    const pushed: string[] = [];
    const text = '{"b" : 1.0, "a":"\\u00e4"}';
    const deliver: FanOut['deliver'] = async (_room, frames) => {
      pushed.push(...(await frames));
      return { tally: { delivered: 1, gone: 0, failed: 0, expired: 0 }, complete: true };
    };

    await publish(new InMemoryHandover(() => {}), deliver, JsonText.stored(text));

    expect(pushed).toEqual([expect.stringMatching(/^\{"type":"message","room":"lobby",/)]);
    expect(pushed[0]?.endsWith(`,"data":${text}}`)).toBe(true);
  });
});

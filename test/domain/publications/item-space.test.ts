import { describe, expect, it } from '@jest/globals';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import { LABEL } from '../../../protocol/names.js';
import { itemSpaceInAck, itemSpaceInPush } from '../../../src/domain/publications/item-space.js';

const epoch = '1760000000000-aaaaaa';

describe('the space that a frame has for items', () => {
  it('is the rest of 32 KiB after its other fields', () => {
    const push = { type: 'messages', room: '@alice', epoch, items: [] } as const;

    expect(itemSpaceInPush(push)).toBe(FRAME_BYTES - JSON.stringify(push).length);
  });

  it('leaves space in a reply for the longest id that a client can choose', () => {
    const id = 'i'.repeat(64);
    const reply = { room: 'lobby', epoch, offset: 12, items: [], more: false, recovered: true };

    expect(LABEL.test(id)).toBe(true);
    expect(LABEL.test(`${id}i`)).toBe(false);
    expect(itemSpaceInAck(reply)).toBe(FRAME_BYTES - JSON.stringify({ type: 'ack', id, ...reply }).length);
  });
});

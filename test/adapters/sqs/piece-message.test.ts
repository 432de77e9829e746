import { describe, expect, it } from '@jest/globals';
import { toMessage } from '../../../src/adapters/sqs/piece-message.js';
import type { MarkedPlace } from '../../../src/domain/publications/piece.js';
import type { Section } from '../../../src/domain/section.js';

const place = (offset: number, mark = `mark ${offset}`): MarkedPlace => ({ epoch: 'e', offset, mark });
const message = (room: string, section: Section, places: readonly MarkedPlace[]) => {
  const { MessageGroupId, MessageDeduplicationId } = toMessage({ room, section, places }, 0);
  return { group: MessageGroupId, id: MessageDeduplicationId };
};

describe('The message of a piece', () => {
  it('has the group of its room and section, whatever the piece names, so that a section is served in order', () => {
    for (const section of [{}, { part: 3 }, { after: 'a', upTo: 'b' }])
      expect(message('lobby', section, [place(1)]).group).toBe(
        message('lobby', section, [place(2), place(3, 'again')]).group,
      );
  });

  it('has a group of its own for each section of each room, so that sections do not wait for each other', () => {
    const sections = [{}, { part: 0 }, { part: 1 }, { upTo: 'a' }, { after: 'a' }, { after: 'a', upTo: 'b' }];
    const groups = ['lobby', 'team'].flatMap((room) =>
      sections.map((section) => message(room, section, [place(1)]).group),
    );

    expect(new Set(groups).size).toBe(groups.length);
  });

  it('has the same deduplication id for the same places in another order', () => {
    const { id } = message('lobby', {}, [place(1), place(2)]);

    expect(message('lobby', {}, [place(2), place(1)]).id).toBe(id);
    expect(message('lobby', {}, [place(1), place(2, 'again')]).id).not.toBe(id);
  });
});

import { describe, expect, it } from '@jest/globals';
import { serialiseData } from '../../../src/entry/lambda/frames/reading/serialise-data.js';

describe('data that comes in', () => {
  it('is serialised like JSON.stringify, and the rest of its message stays unchanged', () => {
    const data = JSON.parse('{"__proto__":1,"b":[1.0,1e300],"2":"ä","1":-0}');

    const message = serialiseData({ action: 'publish', room: 'lobby', data });

    expect(message).toMatchObject({ action: 'publish', room: 'lobby' });
    expect(message.data.text).toBe(JSON.stringify(data));
  });

  it.each([
    ['ASCII', 'x', 16_382],
    ['two bytes for each character', 'ä', 8_191],
    ['two bytes for each escape', '"', 8_191],
  ])('is at most 16,384 bytes as it is stored: %s', (_, char, most) => {
    expect(serialiseData({ data: char.repeat(most) }).data.bytes).toBe(16_384);
    expect(() => serialiseData({ data: char.repeat(most + 1) })).toThrow(
      expect.objectContaining({ code: 'payload_too_large' }),
    );
  });
});

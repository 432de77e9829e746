import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameGuard } from '../../../gateway/connections/frame-guard.js';

const MASK = [1, 2, 3, 4];

const frame = (opcode: number, length: number, fin = true): Buffer => {
  const first = opcode | (fin ? 0x80 : 0);
  const size =
    length < 126
      ? [0x80 | length]
      : length < 65536
        ? [0x80 | 126, length >> 8, length & 255]
        : [0x80 | 127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  return Buffer.concat([Buffer.from([first, ...size, ...MASK]), Buffer.alloc(length, 0x81)]);
};

const refusal = (chunks: Buffer[]) => {
  const guard = new FrameGuard(1000);
  for (const chunk of chunks) guard.read(chunk);
  return guard.refusal;
};

describe('FrameGuard', () => {
  it('admits frames up to the limit, in messages of any length', () => {
    const frames = [frame(1, 1000, false), frame(0, 1000, false), frame(9, 125), frame(0, 1000), frame(1, 0)];
    expect(refusal(frames)).toBeUndefined();
  });

  it.each([1001, 65_535, 65_536, 100_000])('refuses a frame of %d bytes with 1009', (length) => {
    expect(refusal([frame(1, 10), frame(1, length)])).toEqual({ code: 1009, message: 2 });
  });

  it('refuses a long fragment of a message', () => {
    expect(refusal([frame(1, 10, false), frame(0, 1001)])).toEqual({ code: 1009, message: 1 });
  });

  it('refuses a binary frame with 1003 whatever its length', () => {
    expect(refusal([frame(1, 5), frame(1, 5), frame(2, 2000)])).toEqual({ code: 1003, message: 3 });
  });

  it.each([0x1f, 3, 9])('leaves a frame that breaks the protocol to ws (%d)', (opcode) => {
    expect(refusal([frame(opcode, 2000), frame(1, 2000)])).toBeUndefined();
  });

  it('knows before the payload has arrived', () => {
    expect(refusal([frame(1, 2000).subarray(0, 8)])).toEqual({ code: 1009, message: 1 });
  });

  it('works for any split of the bytes by TCP', () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(0, 1, 2, 8, 9, 10), fc.nat(1500)), { maxLength: 8 });
    const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 });

    fc.assert(
      fc.property(frames, cuts, (kinds, sizes) => {
        const bytes = Buffer.concat(kinds.map(([opcode, length]) => frame(opcode, length)));
        const pieces: Buffer[] = [];
        for (let at = 0; at < bytes.length; ) {
          const size = sizes[pieces.length % sizes.length] ?? 1;
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }

        expect(refusal(pieces)).toEqual(refusal([bytes]));
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { unrecoverable } from '../../../src/domain/publications/recovery.js';

describe('recovery', () => {
  it('is possible from any place of the epoch up to the newest', () => {
    const head = { epoch: 'e', offset: 3 };

    for (const offset of [0, 1, 3]) expect(unrecoverable({ epoch: 'e', offset }, head)).toBeUndefined();
    expect(unrecoverable({ epoch: 'e', offset: 4 }, head)).toBe('ahead');
    expect(unrecoverable({ epoch: 'd', offset: 3 }, head)).toBe('epoch_changed');
    expect(unrecoverable({ epoch: 'd', offset: 4 }, head)).toBe('epoch_changed');
  });
});

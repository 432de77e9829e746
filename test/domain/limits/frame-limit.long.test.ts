import { describe, expect, it } from '@jest/globals';
import { framesUntilAbusive } from './frames-until-abusive.js';

describe('the frames of a connection', () => {
  it('are admitted at ten per second for two hours', async () => {
    expect(await framesUntilAbusive(100, 72_000)).toBeUndefined();
  });

  it('may come twice as fast for two hours without being abuse', async () => {
    expect(await framesUntilAbusive(50, 144_000)).toBeUndefined();
  });
});

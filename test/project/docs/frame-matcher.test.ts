import { expect, it } from '@jest/globals';
import { FrameMatcher } from './support/frame-matcher.js';

it('A documented frame may have a room called constructor', () => {
  const heads = (epoch: string) => ({
    heads: { constructor: { epoch, offset: 1 }, toString: { epoch, offset: 2 } },
  });
  const [documented, real] = [heads('1795239349846-ji4iil'), heads('1795239351078-d7hq5p')];

  expect(new FrameMatcher().asDocumented(real, documented)).toEqual(documented);
});

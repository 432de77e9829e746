import { memberId } from '../member-id.js';
import { measured } from './measured.js';
import { LANES, postRaw } from './post-raw.js';

// The least possible cost: the same number of unsigned posts by undici to known ids.

const body = Buffer.from(
  '{"type":"messages","room":"*","epoch":"1760000000000-aaaaaa","items":[{"id":"publication-1","offset":1,"from":"user-0","at":1760000000000,"data":"hello 1"}]}',
);

measured(async (members) => {
  let next = 0;
  const lane = async () => {
    while (next < members) {
      next += 1;
      await postRaw(memberId(next - 1), body);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return undefined;
});

import Pool from 'undici/lib/dispatcher/pool.js';
import { memberId } from '../member-id.js';
import { measured } from './measured.js';

// The floor: the same number of posts by undici, unsigned, to known ids. As many at once as Switchboard reaches.

const LANES = 128;

const url = new URL(String(process.env.CALLBACK_URL));
const pool = new Pool(url.origin, { connections: LANES });
const body = Buffer.from(
  '{"type":"messages","room":"*","epoch":"1760000000000-aaaaaa","items":[{"id":"publication-1","offset":1,"from":"user-0","at":1760000000000,"data":"hello 1"}]}',
);
const headers = ['content-type', 'application/octet-stream'];

const post = (connectionId: string): Promise<number> =>
  new Promise((resolve, reject) => {
    let status = 0;
    const path = `${url.pathname}/@connections/${encodeURIComponent(connectionId)}`;
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart() {},
        onResponseStart(_, statusCode) {
          status = statusCode;
        },
        onResponseData() {},
        onResponseEnd: () => resolve(status),
        onResponseError: (_, error) => reject(error),
      },
    );
  });

measured(async (members) => {
  let next = 0;
  const lane = async () => {
    while (next < members) {
      next += 1;
      await post(memberId(next - 1));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return undefined;
});

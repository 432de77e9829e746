import Pool from 'undici/lib/dispatcher/pool.js';

/** As many simultaneous posts as Switchboard settles on. */
export const LANES = 128;

const url = new URL(String(process.env.CALLBACK_URL));
const pool = new Pool(url.origin, { connections: LANES });
const headers = ['content-type', 'application/octet-stream'];

/** One unsigned post by undici; resolves to its status. */
export const postRaw = (connectionId: string, body: Buffer): Promise<number> =>
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

import { createHash, createHmac } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { FrameBodies } from '../../../../../src/adapters/api-gateway/posts/frame-bodies.js';
import {
  PostSigner,
  type SigningCredentials,
} from '../../../../../src/adapters/api-gateway/posts/signing/post-signer.js';

/** The runtime's own hash, in the form that the SDK's signer needs. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

const byAws = async (
  signed: { path: string; headers: string[] },
  endpoint: URL,
  region: string,
  body: string,
  at: number,
  credentials: SigningCredentials,
): Promise<Record<string, string>> => {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const signer = new SignatureV4({
    service: 'execute-api',
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    sha256: Sha256,
    applyChecksum: false,
  });
  const request = {
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: signed.path,
    query: {},
    headers: { host: endpoint.host, 'content-type': 'application/octet-stream' },
    body,
  };
  const { host: _, ...headers } = (await signer.sign(request, { signingDate: new Date(at) })).headers;
  return headers;
};

const named = (headers: string[]): Record<string, string> =>
  Object.fromEntries(headers.flatMap((name, at) => (at % 2 ? [] : [[name, headers[at + 1] ?? '']])));

const characters = [...'abcXYZ019=+/-_.~!*\'()%@:?#&$, ;"ä€😀'];
const ids = fc
  .string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 24 })
  .filter((id) => !/^\.\.?$/.test(id));
const tokens = fc.string({ unit: fc.constantFrom(...'abcXYZ019=+/'), minLength: 1, maxLength: 400 });
const credentials = fc.record(
  { accessKeyId: tokens, secretAccessKey: tokens, sessionToken: tokens },
  { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
);
const endpoints = fc.constantFrom(
  'https://abc.execute-api.eu-west-1.amazonaws.com/dev',
  'https://example.org',
  'https://example.org:8443/a/b-c/d_e~f',
  'http://127.0.0.1:3001/dev',
  'https://example.org/ä b/(1)!',
);
const moments = fc.integer({ min: 0, max: 4_102_444_800_000 });

it('signs as AWS does, for any ids, bodies, credentials and paths', async () => {
  const bodies = new FrameBodies();
  const text = fc.string({ unit: 'binary', maxLength: 200 });

  await fc.assert(
    fc.asyncProperty(
      endpoints,
      fc.array(fc.tuple(ids, text, moments, credentials), { minLength: 1, maxLength: 5 }),
      async (url, posts) => {
        const endpoint = new URL(url);
        const signer = new PostSigner(endpoint, 'eu-west-1');
        for (const [id, body, at, keys] of posts) {
          const signed = signer.sign(id, bodies.of(body).hash, at, keys);

          expect(named(signed.headers)).toEqual(await byAws(signed, endpoint, 'eu-west-1', body, at, keys));
        }
      },
    ),
    { numRuns: 1_500 },
  );
});

it('signs as AWS does from one second to the next, over midnight, and when credentials change', async () => {
  const endpoint = new URL('https://abc.execute-api.eu-west-1.amazonaws.com/dev');
  const signer = new PostSigner(endpoint, 'eu-west-1');
  const midnight = Date.UTC(2026, 0, 1);
  const { hash } = new FrameBodies().of('{}');
  const first = { accessKeyId: 'AK1', secretAccessKey: 's1', sessionToken: 't1' };
  const steps: [number, SigningCredentials][] = [
    [-1_500, first],
    [-1_400, first],
    [-1, first],
    [0, first],
    [1, { ...first, sessionToken: 't2' }],
    [2, { ...first, secretAccessKey: 's2' }],
    [3, { accessKeyId: 'AK2', secretAccessKey: 's2' }],
    [-60_000, first],
  ];

  for (const [offset, keys] of steps) {
    const signed = signer.sign('abc=', hash, midnight + offset, keys);

    expect(named(signed.headers)).toEqual(
      await byAws(signed, endpoint, 'eu-west-1', '{}', midnight + offset, keys),
    );
  }
});

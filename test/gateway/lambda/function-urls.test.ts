import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { functionUrls } from '../../../gateway/lambda/function-urls.js';
import { GatewayWorld } from '../support/gateway-world.js';

describe('the URL of a function', () => {
  let world: GatewayWorld;
  let events: Record<string, unknown>[];
  let result: unknown;
  let url: string;
  const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };
  const call = (init: RequestInit) => fetch(url, { ...init, headers: { ...signed, ...init.headers } });

  beforeEach(async () => {
    world = new GatewayWorld();
    events = [];
    result = { statusCode: 201, headers: { 'content-type': 'text/plain' }, body: 'made' };
    const echo = async (event: unknown) => {
      events.push(event as Record<string, unknown>);
      if (result instanceof Error) throw result;
      return result;
    };
    const { port } = await world.start({ onHttpRequest: functionUrls(new Map([['echo', echo]])) });
    url = `http://localhost:${port}/functions/echo`;
  });
  afterEach(() => world.end());

  it('hands over the request as an event, and answers with the result', async () => {
    const answer = await call({
      method: 'PUT',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });

    expect(events).toMatchObject([
      {
        version: '2.0',
        requestContext: { http: { method: 'PUT', path: '/' } },
        body: '{"a":1}',
        isBase64Encoded: false,
      },
    ]);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      201,
      'text/plain',
      'made',
    ]);
  });

  it('hands over a body in base64 unless its type is text, and no body without one', async () => {
    await call({ method: 'POST', body: Buffer.from('ä') });
    await call({ method: 'GET' });

    expect(events[0]).toMatchObject({ body: Buffer.from('ä').toString('base64'), isBase64Encoded: true });
    expect(events[1]).not.toHaveProperty('body');
  });

  it('treats a result without a status as the body', async () => {
    result = { ok: true };

    const answer = await call({ method: 'POST', body: '1' });

    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
  });

  it('answers 502 when the function fails', async () => {
    result = new Error('broken');

    expect((await call({ method: 'POST', body: '1' })).status).toBe(502);
  });

  it('refuses unsigned requests, pages, and unknown functions', async () => {
    expect((await fetch(url, { method: 'POST', body: '1' })).status).toBe(403);
    expect(
      (await call({ method: 'POST', body: '1', headers: { origin: 'http://localhost:5173' } })).status,
    ).toBe(403);
    url = url.replace('echo', 'other');
    expect((await call({ method: 'POST', body: '1' })).status).toBe(404);
    expect(events).toEqual([]);
  });
});

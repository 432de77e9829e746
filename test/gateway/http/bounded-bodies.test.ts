import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeApi } from '../../../gateway/lambda/invoke-api.js';
import { GatewayWorld } from '../support/gateway-world.js';

const SIGNED = { Authorization: 'AWS4-HMAC-SHA256 Credential=x' };
const CALLBACK = '/dev/@connections/WY-yKqwlAlxSubM%3D';
const INVOKE = '/2015-03-31/functions/echo/invocations';
const MEBIBYTE = Buffer.alloc(1024 * 1024, 'x');

/** Sends an endless body. Resolves to the answer, and to how much of it the server took. */
const pour = (port: number, path: string, headers: Record<string, string>, method = 'POST') =>
  new Promise<{ status: number | undefined; sent: number }>((resolve) => {
    let status: number | undefined;
    let sent = 0;
    const call = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      status = response.statusCode;
      response.resume();
    });
    call.on('error', () => {});
    call.on('close', () => resolve({ status, sent }));
    const pourOn = () => {
      if (call.destroyed) return;
      sent += MEBIBYTE.length;
      call.write(MEBIBYTE, () => setImmediate(pourOn));
    };
    pourOn();
  });

describe('A body without end', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  it.each<[what: string, path: string, headers: Record<string, string>, status: number]>([
    ['an unsigned callback', CALLBACK, {}, 403],
    ['a signed callback', CALLBACK, SIGNED, 413],
    ['an unsigned invocation', INVOKE, {}, 403],
    ['a signed invocation', INVOKE, SIGNED, 413],
    ['an invocation of what is not there', INVOKE.replace('echo', 'other'), SIGNED, 404],
    ['a page', CALLBACK, { ...SIGNED, Origin: 'http://localhost' }, 403],
    ['the stage', '/dev', {}, 426],
    ['a path that is nowhere', '/other', {}, 403],
  ])('is answered and cut off: %s', async (_what, path, headers, status) => {
    const { port } = await world.start({ onHttpRequest: invokeApi(new Map([['echo', async (it) => it]])) });
    await expect(pour(port, path, headers)).resolves.toMatchObject({ sent: expect.any(Number) });

    const whole = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers,
      body: 'x'.repeat(status === 413 && path === INVOKE ? 6 * 1024 * 1024 + 1 : 200 * 1024),
    });
    expect(whole.status).toBe(status);
  });

  it('leaves room for six mebibytes of a payload', async () => {
    const { port } = await world.start({ onHttpRequest: invokeApi(new Map([['echo', async (it) => it]])) });
    const payload = JSON.stringify('x'.repeat(6 * 1024 * 1024 - 2));
    const answer = await fetch(`http://127.0.0.1:${port}${INVOKE}`, {
      method: 'POST',
      headers: SIGNED,
      body: payload,
    });
    expect([answer.status, await answer.text()]).toEqual([200, payload]);
  });
});

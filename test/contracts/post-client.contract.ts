import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Certificate,
  ConnectionsServer,
  makeCertificate,
} from '../support/servers/connections-server.js';
import { ServerThread } from '../support/servers/server-thread.js';
import type { Poster, PosterOptions } from './poster.js';

const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };

/** Rules for every client of `@connections`, over real HTTP and TLS. The SDK's client passes them too. */
export const postClientContract = (name: string, create: (options: PosterOptions) => Poster) =>
  describe.each(['http', 'https'])(`${name}, by %s`, (protocol) => {
    let certificate: Certificate;
    let server: ConnectionsServer;
    let poster: Poster;

    const options = (): PosterOptions => ({
      endpoint: server.endpoint,
      region: 'eu-west-1',
      maxSockets: 8,
      credentials: KEYS,
      ...(protocol === 'https' && { ca: certificate.cert }),
    });
    const send = (deadline = Date.now() + 20_000) => poster.send('abc-_=', '{"n":"ä"}', deadline);
    const refuse = (status: number, type?: string) => {
      server.answer = (_, response) =>
        response.writeHead(status, type === undefined ? {} : { 'x-amzn-errortype': type }).end('{}');
    };

    beforeAll(async () => {
      certificate = await makeCertificate();
    });
    beforeEach(async () => {
      server = await ConnectionsServer.start(protocol === 'https' ? certificate : undefined);
      poster = create(options());
    });
    afterEach(async () => {
      await poster.destroy();
      await server.stop();
    });

    it('posts the frame, signed, to the connection', async () => {
      expect(await send()).toBe('delivered');

      expect(server.calls).toMatchObject([
        {
          url: '/dev/@connections/abc-_%3D',
          body: '{"n":"ä"}',
          headers: {
            host: new URL(server.endpoint).host,
            'content-type': 'application/octet-stream',
            'x-amz-security-token': 'token',
            authorization: expect.stringMatching(
              /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=[a-z0-9;-]*content-type;host;/,
            ),
          },
        },
      ]);
    });

    it('goes to its endpoint, whatever AWS_ENDPOINT_URL says', async () => {
      const names = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI'];
      for (const variable of names) process.env[variable] = 'http://127.0.0.1:9/elsewhere';
      try {
        const other = create(options());
        expect(await other.send('abc=', '{}', Date.now() + 20_000)).toBe('delivered');
        await other.destroy();
      } finally {
        for (const variable of names) delete process.env[variable];
      }
    });

    it.each([
      [410, 'GoneException'],
      [410, undefined],
      [400, 'BadRequestException'],
    ])('treats %i (%s) as gone, the first time', async (status, type) => {
      refuse(status, type);

      expect(await send()).toBe('gone');
      expect(server.calls).toHaveLength(1);
    });

    it.each([
      [413, 'PayloadTooLargeException'],
      [403, 'ForbiddenException'],
    ])('fails at once after %i', async (status, type) => {
      refuse(status, type);

      expect(await send()).toBe('failed');
      expect(server.calls).toHaveLength(1);
    });

    it.each([
      [429, 'LimitExceededException'],
      [500, 'InternalServerErrorException'],
      [503, undefined],
    ])('tries three times if %i stays', async (status, type) => {
      refuse(status, type);

      expect(await send()).toBe('failed');
      expect(server.calls).toHaveLength(3);
    });

    it('delivers after a socket broke', async () => {
      server.answer = (_, response, request) => {
        if (server.calls.length === 1) request.socket.destroy();
        else response.end('{}');
      };

      expect(await send()).toBe('delivered');
      expect(server.calls).toHaveLength(2);
    });

    it('fails at the deadline if no answer comes', async () => {
      server.answer = () => {};

      expect(await send(Date.now() + 300)).toBe('failed');
      expect(server.calls).toHaveLength(1);
    });

    it('fails if nothing listens', async () => {
      const nowhere = create({ ...options(), endpoint: 'http://127.0.0.1:9/dev' });

      expect(await nowhere.send('abc=', '{}', Date.now() + 20_000)).toBe('failed');
      await nowhere.destroy();
    });

    it('fails all of a hundred at once if nothing listens', async () => {
      const nowhere = create({ ...options(), endpoint: 'http://127.0.0.1:9/dev' });
      const pushes = Array.from({ length: 100 }, (_, n) => nowhere.send(`c${n}=`, '{}', Date.now() + 20_000));

      expect(new Set(await Promise.all(pushes))).toEqual(new Set(['failed']));
      await nowhere.destroy();
    });

    it('learns the time from a refusal when its clock is 20 minutes off', async () => {
      const now = () => Date.now() + 20 * 60_000;
      server.answer = ({ headers }, response) => {
        const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? [];
        const signedAt = Date.parse(
          `${date?.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time?.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
        );
        const wrong = Math.abs(signedAt - now()) > 5 * 60_000;
        response.writeHead(wrong ? 403 : 200, {
          date: new Date(now()).toUTCString(),
          ...(wrong && { 'x-amzn-errortype': 'InvalidSignatureException' }),
        });
        response.end(wrong ? '{"message":"Signature expired"}' : '{}');
      };

      expect(await send()).toBe('delivered');
      expect(server.calls).toHaveLength(2);
      expect(await send()).toBe('delivered');
      expect(server.calls).toHaveLength(3);
    });

    it('signs with new credentials once the old ones have expired', async () => {
      let asked = 0;
      const changing = create({
        ...options(),
        credentials: async () => {
          asked += 1;
          return { ...KEYS, accessKeyId: `AKID${asked}`, expiration: new Date(Date.now() + 500) };
        },
      });
      const used = () =>
        new Set(
          server.calls.map(({ headers }) => /Credential=(\w+)/.exec(String(headers.authorization))?.[1]),
        );

      const latest = Date.now() + 20_000;
      while (used().size < 2 && Date.now() < latest)
        expect(await changing.send('abc=', '{}', latest)).toBe('delivered');
      await changing.destroy();

      expect(used().size).toBe(2);
      expect([...used()][0]).toMatch(/^AKID\d+$/);
    });

    it('delivers at the first push after a freeze during which the server closed its sockets', async () => {
      const other = await ServerThread.start(protocol === 'https' ? certificate : undefined);
      const frozen = create({ ...options(), endpoint: other.endpoint });
      const four = () =>
        Promise.all(['a=', 'b=', 'c=', 'd='].map((id) => frozen.send(id, '{}', Date.now() + 20_000)));
      expect(await four()).toEqual(Array(4).fill('delivered'));

      other.closeSockets();

      expect(await four()).toEqual(Array(4).fill('delivered'));
      await frozen.destroy();
      await other.stop();
    });
  });

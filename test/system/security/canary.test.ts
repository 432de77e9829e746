import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../../src/adapters/jwt/development-token.js';
import { DynamoDBProxy } from '../../support/servers/dynamodb-proxy.js';
import { claimsAt, sign } from '../../support/token-issuer.js';
import { Client } from '../e2e/support/client.js';
import { type Program, Programs } from '../e2e/support/program.js';
import { CallbackProxy } from './support/callback-proxy.js';
import { bearerHeaders, upgrade } from './support/upgrade.js';

const DATA = 'canary-in-a-publication';
const REFUSED = 'canary-in-a-refused-frame';
const SECRET = 'canary-secret-that-signs-all-tokens';
const CLAIM = 'canary-in-a-claim';
const SIGNING = {
  alg: 'HS256',
  kid: `${CLAIM}-kid`,
  privateKey: new TextEncoder().encode(SECRET),
};
const AGENT = 'canary-user-agent';
const ADDRESS = '203.0.113.199';

const PERMISSIONS = { join: true, publish: true, history: true, presence: true, send: true, broadcast: true };

describe('The log', () => {
  const tokens: string[] = [];
  const programs = new Programs();
  let dynamodb: DynamoDBProxy;
  let callbacks: CallbackProxy;
  let program: Program;
  let url: string;

  const tokenFor = async (userId: string, seconds = 300): Promise<string> => {
    const claims = claimsAt(Date.now(), {
      sub: userId,
      iss: DEVELOPMENT_ISSUER,
      aud: DEVELOPMENT_AUDIENCE,
      exp: Math.floor(Date.now() / 1_000) + seconds,
      permissions: PERMISSIONS,
      email: CLAIM,
      jti: `${CLAIM}-${tokens.length}`,
    });
    const token = await sign(SIGNING, claims);
    tokens.push(token);
    return token;
  };
  const connect = async (userId: string, seconds?: number) =>
    Client.connect(`${url}?token=${await tokenFor(userId, seconds)}`);

  beforeAll(async () => {
    dynamodb = await DynamoDBProxy.start();
    callbacks = await new CallbackProxy().start();
    ({ program, url } = await programs.listening({
      env: {
        LOG_LEVEL: 'trace',
        AUTH_MODE: 'jwt',
        AUTH_SECRET: SECRET,
        AUTH_QUERY_TOKEN: 'true',
        AUTH_SINGLE_USE: 'true',
        DYNAMODB_ENDPOINT: dynamodb.endpoint,
        CALLBACK_URL: callbacks.url,
        // A room of one is served by who publishes, a larger one by the stream.
        FAN_OUT_INLINE_LIMIT: '1',
        FRAMES_AT_ONCE: '40',
      },
    }));
    callbacks.target = new URL(url).host;
    await handshakes();
    await talk();
    await refusals();
    await failures();
    await floods();
    await program.end('SIGTERM');
  });
  afterAll(async () => {
    await programs.cleanUp();
    await callbacks.stop();
    await dynamodb.stop();
  });

  const handshakes = async () => {
    const known = { 'User-Agent': AGENT, 'X-Forwarded-For': ADDRESS };
    const good = await tokenFor('alice');
    await upgrade(url, { ...known, ...bearerHeaders(good) });
    await upgrade(url, { ...known, ...bearerHeaders(good) });
    await upgrade(url, known, ['switchboard.v1', `bearer.${await tokenFor('alice')}`]);
    for (const token of [await tokenFor('alice', -600), await tokenFor('bob#admin'), `${good}x`, REFUSED])
      await upgrade(url, { ...known, ...bearerHeaders(token) });
    await upgrade(`${url}?token=${await tokenFor('bob')}`, bearerHeaders(await tokenFor('alice')));
    await fetch(`${url.replace('ws:', 'http:')}/@connections/${REFUSED}?token=${good}`);
  };

  const talk = async () => {
    const [alice, bob] = [await connect('alice'), await connect('bob')];
    await alice.do('join', { room: 'alone' });
    for (const client of [alice, bob]) await client.do('join', { room: 'lobby' });
    await alice.do('publish', { room: 'alone', data: DATA, key: 'once' });
    await alice.do('publish', { room: 'alone', data: DATA, key: 'once' });
    await alice.ask('publish', { room: 'alone', data: [DATA], key: 'once' });
    await alice.do('publish', { room: 'lobby', data: { [DATA]: DATA } });
    await alice.do('send', { to: 'bob', data: DATA });
    await alice.do('broadcast', { data: DATA });
    await bob.hears('*', DATA);
    await bob.do('history', { room: 'lobby' });
    await bob.do('refresh', { token: await tokenFor('bob') });
    await bob.ask('refresh', { token: await tokenFor('eve') });
    alice.socket.close(4000, REFUSED);
    await bob.vanish();
  };

  const refusals = async () => {
    const eve = await connect('eve');
    const frames = [
      REFUSED,
      `{"action":"${REFUSED}"}`,
      `{"action":"ping","${REFUSED}":1}`,
      `{"action":"ping","id":"${REFUSED} "}`,
      `{"action":"join","room":"${REFUSED}#"}`,
      `{"action":"publish","room":"${REFUSED}","data":"${REFUSED}"}`,
      `{"action":"history","room":"*","since":{"epoch":"${REFUSED}","offset":-1}}`,
      `{"action":"send","to":"${REFUSED}#","data":"${REFUSED}"}`,
      `{"action":"refresh","token":"${REFUSED}"}`,
      `{"action":"broadcast","data":"${REFUSED.repeat(1_000)}"}`,
      `["${REFUSED}"]`,
    ];
    for (const frame of frames) eve.send(frame);
    await eve.until(() => eve.replies.length === frames.length);
    eve.socket.send(Buffer.from(REFUSED), { binary: true });
    await eve.closed;
    const late = await connect('late', -10);
    late.send({ action: 'broadcast', data: REFUSED });
    await late.closed;
  };

  const failures = async () => {
    const [alice, bob] = [await connect('alice'), await connect('bob')];
    for (const client of [alice, bob]) await client.do('join', { room: 'lobby' });
    await alice.do('join', { room: 'alone' });
    callbacks.broken = true;
    await alice.do('publish', { room: 'alone', data: DATA });
    await alice.do('publish', { room: 'lobby', data: DATA });
    await program.prints(/"failed":[1-9].*"room":"lobby"|"room":"lobby".*"failed":[1-9]/);
    callbacks.broken = false;

    dynamodb.broken = ({ pk }) => pk.startsWith('LOG#alone');
    await alice.ask('publish', { room: 'alone', data: DATA });
    dynamodb.broken = ({ pk }) => pk.startsWith('JTI#');
    await upgrade(url, bearerHeaders(await tokenFor('alice')));
    dynamodb.broken = () => false;
    await Promise.all([alice.close(), bob.close()]);
  };

  const floods = async () => {
    const flood = await connect('flood');
    for (let n = 0; n < 400; n += 1) flood.send({ action: 'broadcast', id: `f${n}`, data: REFUSED });
    await flood.closed;
    // It is closed before its refusals are counted, and an end cuts off those that take long.
    await program.prints(/"route":"broadcast","outcome":"rate_limited"/);
  };

  it('contains no tokens or their parts, data, refused frames, secrets, claims, addresses, agents', () => {
    const written = program.output + program.errors;
    const planted = [DATA, REFUSED, SECRET, CLAIM, AGENT, ADDRESS, ...tokens];
    const parts = tokens.flatMap((token) => token.split('.').slice(1));

    const found = [...planted, ...parts].filter((canary) => written.includes(canary));

    expect(found).toEqual([]);
    expect(parts.length).toBeGreaterThan(20);
  });

  it('is searched after all of these have been used', () => {
    const outcomes = new Set(program.events.map(({ route, outcome }) => `${route} ${outcome}`));

    for (const seen of [
      'authorizer ok',
      'authorizer expired',
      'authorizer subject_invalid',
      'authorizer unparseable',
      'authorizer token_conflict',
      'authorizer token_already_used',
      'authorizer unavailable',
      '$connect ok',
      '$disconnect ok',
      '$default unknown_action',
      '$default invalid_json',
      'publish ok',
      'publish idempotency_conflict',
      'publish not_a_member',
      'publish unavailable',
      'send invalid_user',
      'history invalid_cursor',
      'refresh ok',
      'refresh forbidden',
      'refresh unauthenticated',
      'broadcast payload_too_large',
      'broadcast token_expired',
      'broadcast rate_limited',
      'fan-out ok',
    ])
      expect(outcomes).toContain(seen);
    expect(program.output).toContain('A push failed');
  });

  it('has lines of JSON, each with the event, the connection, the outcome and the duration', () => {
    const routed = program.events.filter(({ route }) => route !== undefined && route !== 'fan-out');

    expect(routed.length).toBeGreaterThan(50);
    for (const event of routed)
      expect(event).toMatchObject({
        time: expect.any(Number),
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        connectionId: expect.stringMatching(/^[\w-]{15}=$/),
        outcome: expect.any(String),
        durationMs: expect.any(Number),
      });
  });

  it('names a publication by one request id, when it is accepted and when it is delivered', () => {
    const delivered = program.events.filter(({ route }) => route === 'fan-out');
    const ids = delivered.flatMap(({ requestIds }) => requestIds as string[]);
    const accepted = program.events.filter(({ route, outcome }) => route === 'publish' && outcome === 'ok');

    expect(ids.length).toBeGreaterThan(2);
    expect(accepted.filter(({ requestId }) => ids.includes(String(requestId))).length).toBeGreaterThan(0);
  });
});

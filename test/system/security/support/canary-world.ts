import { afterAll, beforeAll } from '@jest/globals';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../../../src/adapters/jwt/development-token.js';
import { DynamoDBProxy } from '../../../support/servers/dynamodb-proxy.js';
import { claimsAt, sign } from '../../../support/token-issuer.js';
import { Client } from '../../e2e/support/client.js';
import { type Program, Programs } from '../../e2e/support/program.js';
import { CallbackProxy } from './callback-proxy.js';
import { CANARIES } from './canaries.js';
import { bearerHeaders, upgrade } from './upgrade.js';

const {
  data: DATA,
  refused: REFUSED,
  secret: SECRET,
  claim: CLAIM,
  agent: AGENT,
  address: ADDRESS,
} = CANARIES;
const SIGNING = {
  alg: 'HS256',
  kid: `${CLAIM}-kid`,
  privateKey: new TextEncoder().encode(SECRET),
};

const PERMISSIONS = { join: true, publish: true, history: true, presence: true, send: true, broadcast: true };

/**
 * A program that has received all canaries, in accepted, refused and failing requests. Create it at the top of a
 * `describe`.
 */
export class CanaryWorld {
  /** All that clients sent. */
  readonly tokens: string[] = [];
  program!: Program;
  readonly #programs = new Programs();
  #dynamodb!: DynamoDBProxy;
  #callbacks!: CallbackProxy;
  #url = '';

  constructor() {
    beforeAll(() => this.#tell());
    afterAll(async () => {
      await this.#programs.cleanUp();
      await this.#callbacks.stop();
      await this.#dynamodb.stop();
    });
  }

  async #tell(): Promise<void> {
    this.#dynamodb = await DynamoDBProxy.start();
    this.#callbacks = await new CallbackProxy().start();
    ({ program: this.program, url: this.#url } = await this.#programs.listening({
      env: {
        LOG_LEVEL: 'trace',
        AUTH_MODE: 'jwt',
        AUTH_SECRET: SECRET,
        AUTH_QUERY_TOKEN: 'true',
        AUTH_SINGLE_USE: 'true',
        DYNAMODB_ENDPOINT: this.#dynamodb.endpoint,
        CALLBACK_URL: this.#callbacks.url,
        // The publishing invocation serves a room of one, and the stream a larger one.
        FAN_OUT_INLINE_LIMIT: '1',
        FRAMES_AT_ONCE: '40',
      },
    }));
    this.#callbacks.target = new URL(this.#url).host;
    await this.#handshakes();
    await this.#talk();
    await this.#refusals();
    await this.#failures();
    await this.#floods();
    await this.program.end('SIGTERM');
  }

  async #tokenFor(userId: string, seconds = 300): Promise<string> {
    const claims = claimsAt(Date.now(), {
      sub: userId,
      iss: DEVELOPMENT_ISSUER,
      aud: DEVELOPMENT_AUDIENCE,
      exp: Math.floor(Date.now() / 1_000) + seconds,
      permissions: PERMISSIONS,
      email: CLAIM,
      jti: `${CLAIM}-${this.tokens.length}`,
    });
    const token = await sign(SIGNING, claims);
    this.tokens.push(token);
    return token;
  }

  async #connect(userId: string, seconds?: number): Promise<Client> {
    return Client.connect(`${this.#url}?token=${await this.#tokenFor(userId, seconds)}`);
  }

  async #handshakes(): Promise<void> {
    const known = { 'User-Agent': AGENT, 'X-Forwarded-For': ADDRESS };
    const good = await this.#tokenFor('alice');
    await upgrade(this.#url, { ...known, ...bearerHeaders(good) });
    await upgrade(this.#url, { ...known, ...bearerHeaders(good) });
    await upgrade(this.#url, known, ['switchboard.v1', `bearer.${await this.#tokenFor('alice')}`]);
    for (const token of [
      await this.#tokenFor('alice', -600),
      await this.#tokenFor('bob#admin'),
      `${good}x`,
      REFUSED,
    ])
      await upgrade(this.#url, { ...known, ...bearerHeaders(token) });
    await upgrade(
      `${this.#url}?token=${await this.#tokenFor('bob')}`,
      bearerHeaders(await this.#tokenFor('alice')),
    );
    await fetch(`${this.#url.replace('ws:', 'http:')}/@connections/${REFUSED}?token=${good}`);
  }

  async #talk(): Promise<void> {
    const [alice, bob] = [await this.#connect('alice'), await this.#connect('bob')];
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
    await bob.do('refresh', { token: await this.#tokenFor('bob') });
    await bob.ask('refresh', { token: await this.#tokenFor('eve') });
    alice.socket.close(4000, REFUSED);
    await bob.vanish();
  }

  async #refusals(): Promise<void> {
    const eve = await this.#connect('eve');
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
    const late = await this.#connect('late', -10);
    late.send({ action: 'broadcast', data: REFUSED });
    await late.closed;
  }

  async #failures(): Promise<void> {
    const [alice, bob] = [await this.#connect('alice'), await this.#connect('bob')];
    for (const client of [alice, bob]) await client.do('join', { room: 'lobby' });
    await alice.do('join', { room: 'alone' });
    this.#callbacks.broken = true;
    await alice.do('publish', { room: 'alone', data: DATA });
    await alice.do('publish', { room: 'lobby', data: DATA });
    await this.program.prints(/"failed":[1-9].*"room":"lobby"|"room":"lobby".*"failed":[1-9]/);
    this.#callbacks.broken = false;

    this.#dynamodb.broken = ({ pk }) => pk.startsWith('LOG#alone');
    await alice.ask('publish', { room: 'alone', data: DATA });
    this.#dynamodb.broken = ({ pk }) => pk.startsWith('JTI#');
    await upgrade(this.#url, bearerHeaders(await this.#tokenFor('alice')));
    this.#dynamodb.broken = () => false;
    await Promise.all([alice.close(), bob.close()]);
  }

  async #floods(): Promise<void> {
    const flood = await this.#connect('flood');
    for (let n = 0; n < 400; n += 1) flood.send({ action: 'broadcast', id: `f${n}`, data: REFUSED });
    await flood.closed;
    // The connection closes before its refusals are counted, and its end cuts off slow ones.
    await this.program.prints(/"route":"broadcast","outcome":"rate_limited"/);
  }
}

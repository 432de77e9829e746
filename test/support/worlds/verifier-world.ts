import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { JwtTokenVerifier } from '../../../src/adapters/jwt/token-verifier.js';
import { KeyServer } from '../servers/key-server.js';
import { VirtualClock } from '../time/virtual-clock.js';
import {
  AUDIENCE,
  type Claims,
  claimsAt,
  createSigningKey,
  ISSUER,
  keySetOf,
  type SigningKey,
  sign,
} from '../token-issuer.js';

/** An issuer with three keys and a JWKS URL, an attacker with one key and a URL, and a verifier, new for each test. */
export class VerifierWorld {
  rs256!: SigningKey;
  es256!: SigningKey;
  eddsa!: SigningKey;
  attacker!: SigningKey;
  keyServer!: KeyServer;
  attackerServer!: KeyServer;
  clock!: VirtualClock;
  verifier!: JwtTokenVerifier;

  /** Create it at the top of a test file. */
  constructor() {
    beforeAll(() => this.#start());
    beforeEach(() => this.#renew());
    afterAll(() => Promise.all([this.keyServer.stop(), this.attackerServer.stop()]));
  }

  good(changes: Claims = {}, header: Record<string, unknown> = {}): Promise<string> {
    return sign(this.es256, claimsAt(this.clock.now(), changes), header);
  }

  inSeconds(seconds: number): number {
    return Math.floor(this.clock.now() / 1000) + seconds;
  }

  async #start(): Promise<void> {
    this.rs256 = await createSigningKey('r1', 'RS256');
    this.es256 = await createSigningKey('e1', 'ES256');
    this.eddsa = await createSigningKey('d1', 'EdDSA');
    this.attacker = await createSigningKey('e1', 'ES256');
    this.keyServer = await new KeyServer().start();
    this.attackerServer = await new KeyServer().start();
    this.keyServer.keys = keySetOf(this.rs256, this.es256, this.eddsa);
    this.attackerServer.keys = keySetOf(this.attacker);
  }

  #renew(): void {
    this.keyServer.fetches = 0;
    this.attackerServer.fetches = 0;
    this.clock = new VirtualClock();
    const keys = { jwksUrl: this.keyServer.url };
    this.verifier = new JwtTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE }, this.clock);
  }
}

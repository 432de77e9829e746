import { expect } from '@jest/globals';
import { BEARER_PREFIX, SUBPROTOCOL } from '../../../../protocol/subprotocols.js';
import { serverFrame } from '../../../../schemas/server-frame.js';
import { DEVELOPMENT_SECRET, developmentToken } from '../../../../src/adapters/jwt/development-token.js';
import { ALL_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import { startSwitchboard } from '../../../../src/entry/local/start.js';
import { RecordingSocket } from '../../../gateway/support/recording-socket.js';
import { Likeness } from './likeness.js';
import type { SessionTokenOptions, TerminalSession, TerminalStep } from './session.js';

type Schema = Pick<typeof serverFrame, 'safeParse'>;

/**
 * Plays documented terminals in parallel against a separate program. Every received frame has to be documented, and to
 * fit the protocol.
 */
export const play = async (
  terminals: readonly TerminalSession[],
  start = startSwitchboard,
  schema: Schema = serverFrame,
): Promise<void> => {
  const switchboard = await start({
    port: 0,
    memory: true,
    dataFolder: undefined,
    env: { LOG_LEVEL: 'silent', ...Object.assign({}, ...terminals.map(({ env }) => env)) },
    gateway: { host: '127.0.0.1' },
  });
  try {
    const stage = new Stage(switchboard.gateway.url, schema);
    for (const { steps } of terminals)
      for (const step of steps) if (step.kind === 'connect') await stage.connect(step);
    await Promise.all(terminals.map(({ steps }) => stage.perform(steps)));
    stage.expectNothingMore();
  } finally {
    await switchboard.stop();
  }
};

class Stage {
  readonly #clients = new Map<string, RecordingSocket>();
  readonly #received = new Map<string, number>();
  readonly #likeness = new Likeness();

  constructor(
    private readonly url: string,
    private readonly schema: Schema,
  ) {}

  async connect(step: TerminalStep): Promise<void> {
    if (this.#clients.has(step.client)) return;
    const token = step.kind === 'connect' ? step.token : undefined;
    const client = token
      ? new RecordingSocket(this.url, [SUBPROTOCOL, BEARER_PREFIX + (await tokenFor(step.client, token))])
      : new RecordingSocket(`${this.url}?userId=${encodeURIComponent(step.client)}`);
    this.#clients.set(step.client, client);
    expect(await client.status).toBe(101);
  }

  async perform(steps: readonly TerminalStep[]): Promise<void> {
    for (const step of steps) {
      await this.connect(step);
      const client = this.#clients.get(step.client);
      if (step.kind === 'send') client?.send(await this.#text(step.client, step.text));
      else if (step.kind === 'receive') await this.#receive(step.client, JSON.parse(step.text));
      else if (step.kind === 'closed') await client?.closed;
    }
  }

  /** `…` stands for data that is too large for a frame, `eyJ…` for a token. */
  async #text(user: string, text: string): Promise<string> {
    const token = await tokenFor(user, { expiresInSeconds: 3600, permissions: undefined });
    return this.#likeness
      .translate(text)
      .replace(/eyJ[\w.-]*…/, token)
      .replace('x…x', 'x'.repeat(20_000));
  }

  async #receive(user: string, documented: unknown): Promise<void> {
    const index = this.#received.get(user) ?? 0;
    this.#received.set(user, index + 1);
    const real: unknown = JSON.parse((await this.#clients.get(user)?.frame(index)) ?? 'null');
    expect(this.schema.safeParse(real).error).toBeUndefined();
    expect({ [user]: this.#likeness.asDocumented(real, documented) }).toEqual({ [user]: documented });
  }

  expectNothingMore(): void {
    for (const [user, { frames }] of this.#clients) {
      expect({ [user]: frames.slice(this.#received.get(user) ?? 0) }).toEqual({ [user]: [] });
    }
  }
}

const tokenFor = (
  userId: string,
  { expiresInSeconds, permissions }: SessionTokenOptions,
): Promise<string> => {
  const issuedAt = Date.now();
  return developmentToken({
    userId,
    tokenId: `${issuedAt}-${Math.random()}`,
    issuedAt,
    expiresAt: issuedAt + expiresInSeconds * 1000,
    permissions: permissions ?? ALL_PERMISSIONS,
    secret: DEVELOPMENT_SECRET,
  });
};

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Container, ContainerModule } from 'inversify';
import type { ApiGatewayClientNotifier } from '../../../src/adapters/api-gateway/client-notifier.js';
import { bindPushes } from '../../../src/entry/bindings/pushes.js';
import { TOKENS } from '../../../src/entry/bindings/tokens.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { readSettings } from '../../../src/entry/settings.js';
import { ConnectionsServer } from '../../support/servers/connections-server.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** More than its share of 8,000 a second ÷ 16 admits while the clock stands still: ten milliseconds' worth. */
const PUSHES = 24;
const AT_ONCE = 6;

describe('The pushes of an instance', () => {
  let server: ConnectionsServer;
  let clients: ApiGatewayClientNotifier;
  let atOnce: number;

  /** Pushes while the clock stands still; then the deadline passes for those that have not begun. */
  const push = (
    paced: boolean,
    env: NodeJS.ProcessEnv = { PUSHES_PER_SECOND: '8000', PIECES_AT_ONCE: '16' },
  ) => {
    const container = new Container();
    const clock = new VirtualClock();
    const options = { callbackUrl: server.endpoint, callbacks: ANY_ACCESS, clock, log: undefined, paced };
    container.load(new ContainerModule((module) => bindPushes(module, readSettings(env), options)));
    atOnce = container.get(TOKENS.pushOptions).concurrency;
    clients = container.get(TOKENS.clients) as ApiGatewayClientNotifier;
    const pushes = Array.from({ length: PUSHES }, (_, n) =>
      clients.send(`${n}=`, '{}', clock.now() + 60_000),
    );
    clock.advance(60_000);
    return Promise.all(pushes);
  };

  beforeEach(async () => {
    server = await ConnectionsServer.start();
  });
  afterEach(async () => {
    await clients.destroy();
    await server.stop();
  });

  it('keep to its share of PUSHES_PER_SECOND where they are paced', async () => {
    const outcomes = await push(true);

    expect(outcomes.slice(0, AT_ONCE)).toEqual(Array(AT_ONCE).fill('delivered'));
    expect(outcomes.slice(AT_ONCE)).toEqual(Array(PUSHES - AT_ONCE).fill('failed'));
  });

  it.each([
    ['elsewhere', false, undefined],
    ['where no rate is set', true, {}],
  ])('begin all at once %s', async (_, paced, env) => {
    expect(await push(paced, env)).toEqual(Array(PUSHES).fill('delivered'));
    expect(atOnce).toBe(256);
  });
});

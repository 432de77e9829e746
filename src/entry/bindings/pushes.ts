import type { ContainerModuleLoadOptions } from 'inversify';
import { createClientNotifier } from '../../adapters/api-gateway/create-client-notifier.js';
import type { PushFailure } from '../../adapters/api-gateway/posts/post-sender.js';
import type { Clock } from '../../application/ports/clock.js';
import type { EventLog } from '../event-log.js';
import type { Settings } from '../settings.js';
import type { ServerAccess } from './server-access.js';
import { TOKENS } from './tokens.js';

/** The most simultaneous pushes, and sockets, of one instance; `Window` finds out how many help. */
const CONCURRENCY = 256;

export interface PushesOptions {
  callbackUrl: string;
  callbacks: ServerAccess | undefined;
  clock: Clock;
  log: EventLog | undefined;
  /** Whether they keep to `PUSHES_PER_SECOND` ÷ `PIECES_AT_ONCE`. */
  paced?: boolean | undefined;
}

/** Binds pushes through `@connections`, for every store. */
export const bindPushes = (
  { bind }: Pick<ContainerModuleLoadOptions, 'bind'>,
  settings: Settings,
  { callbackUrl, callbacks, clock, log, paced = false }: PushesOptions,
): void => {
  const { PUSHES_PER_SECOND: pushes, PIECES_AT_ONCE: piecesAtOnce } = settings;
  const perSecond = paced && pushes !== undefined ? pushes / piecesAtOnce : undefined;
  const api = { ...callbacks, endpoint: callbackUrl, maxSockets: CONCURRENCY, perSecond };
  const onFailure = ({ connectionId, error }: PushFailure) =>
    log?.warn({ connectionId, error }, 'A push failed');
  bind(TOKENS.pushOptions).toConstantValue({ concurrency: CONCURRENCY, openingMs: settings.OPENING_MS });
  // Not every function pushes.
  bind(TOKENS.clients).toResolvedValue(() => createClientNotifier(api, clock, onFailure), []);
};

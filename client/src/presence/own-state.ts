import { STATE_BYTES } from '../../../protocol/limits.js';
import type { Stating } from '../../../protocol/member-state.js';
import type { Session } from '../connection/session.js';
import { type AbortSignalLike, type Check, unchecked, type WaitOptions } from '../requests/abortable.js';
import { snapshot } from '../requests/encode.js';
import type { LiveFeed } from '../rooms/live-feed.js';
import { SwitchboardError } from '../switchboard-error.js';
import type { Roster } from './roster.js';

/** A state that counts until its caller aborts, or for good once the server has answered. */
export interface Chosen {
  readonly stating: Stating;
  signal: AbortSignalLike | null | undefined;
  /** Counts again if this one is aborted. */
  before: Chosen | undefined;
}

/** This user's own state in a room. */
export interface OwnState {
  /** The last one chosen that was not aborted. */
  newest(): Chosen | undefined;
  /** Counts on from the highest counter that was seen or sent. */
  choose(state: unknown, options: WaitOptions | null | undefined): void;
  answered(sent: Chosen | undefined): void;
  send(check?: Check): Promise<void>;
  forget(): void;
}

export const createOwnState = (session: Session, room: LiveFeed, roster: Roster): OwnState => {
  let chosen: Chosen | undefined;
  const own: OwnState = {
    newest: () => {
      while (chosen?.signal?.aborted) chosen = chosen.before;
      return chosen;
    },

    choose: (state, options) => {
      const stating = { state: snapshot(state, 'state', STATE_BYTES), counter: ++roster.highest };
      chosen = { stating, signal: options?.signal, before: own.newest() };
    },

    answered: (sent) => {
      if (sent) sent.signal = sent.before = undefined;
    },

    send: async (check = unchecked) => {
      let sent: Chosen | undefined;
      const { reply } = await room
        .ask('state', () => {
          sent = check(own.newest());
          // Left meanwhile, or refused with a join.
          if (!sent) throw new SwitchboardError('forbidden');
          return sent.stating;
        })
        .catch((error: SwitchboardError) => {
          // Otherwise the next join would send it again, and be refused because of it.
          if (!error.retryable && error.code !== 'aborted') own.forget();
          throw error;
        });
      own.answered(sent);
      const member = { user: session.userId as string, ...(sent as unknown as Chosen).stating };
      if (own.newest()) roster.announced({ states: [member], digest: reply.digest });
    },

    forget: () => {
      chosen = undefined;
    },
  };
  return own;
};

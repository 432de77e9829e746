import { STATE_BYTES } from '../../../protocol/limits.js';
import type { Stating } from '../../../protocol/member-state.js';
import type { Session } from '../connection/session.js';
import { type Check, unchecked } from '../requests/abortable.js';
import { snapshot } from '../requests/encode.js';
import { SwitchboardError } from '../switchboard-error.js';
import type { LiveFeed } from './live-feed.js';
import type { Roster } from './roster.js';

/** This user's own state in a room. */
export interface OwnState {
  current: Stating | undefined;
  /** Counts on from the highest counter that was seen or sent. */
  choose(state: unknown): void;
  say(check?: Check): Promise<void>;
}

export const createOwnState = (session: Session, room: LiveFeed, roster: Roster): OwnState => {
  const own: OwnState = {
    current: undefined,

    choose: (state) => {
      own.current = { state: snapshot(state, 'state', STATE_BYTES), counter: ++roster.highest };
    },

    say: async (check = unchecked) => {
      const { reply } = await room
        .ask('state', () => {
          // Left meanwhile, or refused with a join.
          if (!own.current) throw new SwitchboardError('forbidden');
          return check(own.current);
        })
        .catch((error: SwitchboardError) => {
          // Otherwise the next join would send it again, and be refused because of it.
          if (!error.retryable && error.code !== 'aborted') own.current = undefined;
          throw error;
        });
      if (!own.current) return;
      const mine = { user: session.userId as string, ...own.current };
      roster.announced({ states: [mine], digest: reply.digest });
    },
  };
  return own;
};

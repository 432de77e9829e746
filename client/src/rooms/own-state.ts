import type { Reply } from '../../../protocol/actions.js';
import { STATE_BYTES } from '../../../protocol/limits.js';
import type { Stating } from '../../../protocol/member-state.js';
import type { Session } from '../connection/session.js';
import type { Check } from '../requests/abortable.js';
import { snapshot } from '../requests/encode.js';
import type { Roster } from './roster.js';

/** What we say of ourselves in a room: said again on each connection. */
export interface OwnState {
  current: Stating | undefined;
  isRepeating: boolean;
  /** Counts on from all counters that were seen, or sent. */
  choose(state: unknown): void;
  say(check?: Check): Promise<void>;
  /** On a connection that is in the room again, whose roster the server knows by this digest. */
  resumed(digest?: number): void;
}

export const createOwnState = (
  session: Session,
  roster: Roster,
  request: (fields: () => Stating) => Promise<Reply<'state'>>,
): OwnState => {
  const own: OwnState = {
    current: undefined,
    isRepeating: false,

    choose: (state) => {
      const counter = Math.max(own.current?.counter ?? 0, roster.highest) + 1;
      own.current = { state: snapshot(state, 'state', STATE_BYTES), counter };
    },

    say: async (check = (frame) => frame) => {
      const { digest } = await request(() => check(own.current as Stating));
      if (!own.current) return;
      roster.said(own.current);
      if (digest !== undefined) roster.told(digest);
    },

    resumed: (digest) => {
      if (digest !== undefined) roster.told(digest);
      if (!own.current) return;
      own.isRepeating = true;
      void own
        .say()
        .catch(() => {})
        .finally(() => {
          own.isRepeating = false;
          session.changed();
        });
    },
  };
  return own;
};

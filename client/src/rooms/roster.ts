import type { Session } from '../connection/session.js';
import type { Presence } from '../room.js';

interface Members {
  readonly members: readonly string[];
  readonly truncated?: boolean;
}

/** Who is in a room, as far as this client knows. When a busy room gets no notices for a while, this asks for the roster. */
export interface Roster {
  read(members: Members): void;
  announced(presence: Presence & { readonly askAfterMs?: number }): void;
  forget(): void;
}

export const createRoster = (
  session: Session,
  ask: () => Promise<Members>,
  tell: (presence: Presence) => void,
): Roster => {
  const { clock } = session.config;
  /** Unknown where there are more than the server lists. */
  let users: readonly string[] | undefined;
  let asking: { due: number } | undefined;

  const read = ({ members, truncated }: Members) => {
    users = truncated ? undefined : members;
  };

  /** Once for all notices that came meanwhile; again if the last of them wants it later. */
  const askWhenDue = async (mine: { due: number }) => {
    try {
      for (let due: number | undefined; due !== mine.due; ) {
        due = mine.due;
        while (clock.now() < due && !session.isClosed) await session.wait(due - clock.now());
        if (asking !== mine || session.isClosed) return;
        const now = await ask();
        if (asking === mine) compare(now);
      }
    } finally {
      if (asking === mine) asking = undefined;
    }
  };

  const compare = (now: Members) => {
    const before = users;
    read(now);
    if (!before || !users) return;
    const joined = users.filter((one) => !before.includes(one));
    const left = before.filter((one) => !users?.includes(one));
    if (joined.length || left.length) tell({ joined, left });
  };

  return {
    read,
    announced: ({ joined, left, askAfterMs }) => {
      users = users && [...new Set([...users, ...joined])].filter((one) => !left.includes(one));
      tell({ joined, left });
      if (askAfterMs === undefined) return;
      const due = clock.now() + askAfterMs;
      if (asking) {
        asking.due = due;
        return;
      }
      asking = { due };
      void askWhenDue(asking).catch(() => {});
    },
    forget: () => {
      users = undefined;
      asking = undefined;
    },
  };
};

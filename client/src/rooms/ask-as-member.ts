import type { Session } from '../connection/session.js';
import type { Queue } from '../requests/queue.js';
import { SwitchboardError } from '../switchboard-error.js';
import type { LiveFeed } from './live-feed.js';

/** How often in a row the server may say that we are not in a joined room. */
const MAX_DENIALS = 3;

/** Calls for members only: of a room with `joins` that have no matching leave. */
export const askAsMember = (
  session: Session,
  room: LiveFeed,
  joins: ReadonlySet<unknown>,
  inTurn: Queue,
  enter: () => Promise<unknown>,
): LiveFeed['ask'] => {
  // The feed's own, which the room replaces by this.
  const { ask } = room;
  /** Set while something waits for the current task to end. */
  let taskEnd: Promise<void> | undefined;
  return async (action, fields, queue) => {
    // `join()` may follow in the same task. Calls that wait for it keep their place before later calls.
    if (!joins.size)
      taskEnd ??= session.wait(0).then(() => {
        taskEnd = undefined;
      });
    await taskEnd;
    for (let attempt = 1; ; attempt += 1) {
      // A join may be under way.
      await inTurn(async () => {});
      if (!joins.size) throw new SwitchboardError('not_a_member');
      try {
        return await ask(action, fields, queue);
      } catch (error) {
        const isDenied = (error as SwitchboardError).code === 'not_a_member';
        if (!isDenied || !room.isMember() || attempt === MAX_DENIALS) throw error;
      }
      // The server has forgotten the membership, as it does when it takes a connection for gone.
      await enter();
    }
  };
};

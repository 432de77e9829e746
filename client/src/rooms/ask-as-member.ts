import type { Session } from '../connection/session.js';
import type { Queue } from '../requests/queue.js';
import { SwitchboardError } from '../switchboard-error.js';
import type { LiveFeed } from './live-feed.js';

/** How often in a row the server may deny that we are in the room that we are in. */
const MAX_DENIALS = 3;

/** Asks what only members may ask: those with `joins` that were not left again. */
export const askAsMember = (
  session: Session,
  room: LiveFeed,
  joins: ReadonlySet<unknown>,
  inTurn: Queue,
  enter: () => Promise<unknown>,
): LiveFeed['ask'] => {
  // As a feed asks, before the room does otherwise.
  const { ask } = room;
  /** Set while something waits for the current task to end. */
  let taskEnd: Promise<void> | undefined;
  return async (action, fields, queue) => {
    // It may be called later in the same task. What waits for that keeps its place before what comes later.
    if (!joins.size)
      taskEnd ??= session.wait(0).then(() => {
        taskEnd = undefined;
      });
    await taskEnd;
    for (let attempt = 1; ; attempt += 1) {
      // A join, or another one, may be under way.
      await inTurn(async () => {});
      if (!joins.size) throw new SwitchboardError('not_a_member');
      try {
        return await ask(action, fields, queue);
      } catch (error) {
        const isDenied = (error as SwitchboardError).code === 'not_a_member';
        if (!isDenied || !room.isMember() || attempt === MAX_DENIALS) throw error;
      }
      // The server forgot that we are in, as it does with a connection it took for gone.
      await enter();
    }
  };
};

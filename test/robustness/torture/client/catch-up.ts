import { RefusedError } from './link.js';
import type { CatchUpPage, PlaceInRoom } from './place-in-room.js';
import type { LogPosition } from './torture-client.js';

/** Reads on until nothing is missing: one run at a time for each place, while it is the room's current one. */
export const catchUp = (
  place: PlaceInRoom,
  read: (since: LogPosition) => Promise<CatchUpPage>,
  isCurrent: () => boolean,
): Promise<void> => {
  place.catchingUp ??= readOn(place, read, isCurrent).finally(() => {
    place.catchingUp = undefined;
  });
  return place.catchingUp;
};

const readOn = async (
  place: PlaceInRoom,
  read: (since: LogPosition) => Promise<CatchUpPage>,
  isCurrent: () => boolean,
): Promise<void> => {
  try {
    while (place.behind && place.cursor && isCurrent()) {
      const since = { ...place.cursor };
      const page = await read(since);
      if (isCurrent()) place.take(since, page);
    }
  } catch (error) {
    // The client has left meanwhile, or was given up.
    if (!(error instanceof RefusedError)) throw error;
  }
};

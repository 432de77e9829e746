import { Refused } from './link.js';
import type { Page, PlaceInRoom } from './place-in-room.js';
import type { Cursor } from './torture-client.js';

/** Reads on until nothing is missing; once at a time for each place, and for as long as it is the room's. */
export const catchUp = (
  place: PlaceInRoom,
  read: (since: Cursor) => Promise<Page>,
  isCurrent: () => boolean,
): Promise<void> => {
  place.catchingUp ??= readOn(place, read, isCurrent).finally(() => {
    place.catchingUp = undefined;
  });
  return place.catchingUp;
};

const readOn = async (
  place: PlaceInRoom,
  read: (since: Cursor) => Promise<Page>,
  isCurrent: () => boolean,
): Promise<void> => {
  try {
    while (place.behind && place.cursor && isCurrent()) {
      const since = { ...place.cursor };
      const page = await read(since);
      if (isCurrent()) place.take(since, page);
    }
  } catch (error) {
    // Left in the meantime, or given up.
    if (!(error instanceof Refused)) throw error;
  }
};

import { ROOM_NAME, USER_ID } from './names.js';

const within = ({ source }: RegExp): string => source.slice(1, -1);

/** A room of any kind, other users' inboxes included. In a file of its own, because no client needs it. */
export const ANY_ROOM = new RegExp(`^(\\*|${within(ROOM_NAME)}|@${within(USER_ID)})$`);

import type { Frame } from '../../../support/server-frame.js';

/** The answer of `hello` about one room. */
export interface Resumed {
  room: string;
  epoch: string;
  offset: number;
  items: { offset: number; data: unknown }[];
  more: boolean;
  recovered: boolean;
  reason?: string;
  error?: { code: string };
}

/** A room is there once, however often it was asked for. */
export const roomOf = (reply: Frame, room: string): Resumed => {
  const found = (reply.rooms as Resumed[]).filter((one) => one.room === room);
  if (found.length !== 1) throw new Error(`${room} is there ${found.length} times`);
  return found[0] as Resumed;
};

import type { ServerFrame } from '../../../support/server-frame.js';

/** The answer of `hello` about one room. */
export interface ResumedRoom {
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
export const roomOf = (reply: ServerFrame, room: string): ResumedRoom => {
  const found = (reply.rooms as ResumedRoom[]).filter((one) => one.room === room);
  if (found.length !== 1) throw new Error(`${room} is there ${found.length} times`);
  return found[0] as ResumedRoom;
};

import type { ErrorCode } from './client-error.js';
import type { PublicationItem } from './publication-item.js';
import type { Room } from './room.js';
import type { UserId } from './user-id.js';
import { writeJson } from './write-json.js';

/** What is pushed to a client. Acks and errors are not: they are returned as route responses. */
export type ServerMessage =
  | ({ type: 'message'; room: Room; epoch: string } & PublicationItem)
  | { type: 'messages'; room: Room; epoch: string; items: PublicationItem[] }
  | { type: 'presence'; room: Room; joined: UserId[]; left: UserId[] }
  | { type: 'expiring'; expiresAt: number }
  | { type: 'disconnect'; code: ErrorCode; message: string; reconnect: boolean };

/** API Gateway's limit for one frame, in either direction; also its billing unit. */
export const FRAME_BYTES = 32 * 1024;

export const encode = (message: ServerMessage): string => writeJson(message);

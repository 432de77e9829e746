import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The content of the data folder, by `written.json`. */
export interface Written {
  /** When the program was killed for the last time. */
  moment: number;
  /** Each readable room, as the `history` reply showed it. */
  rooms: Record<string, StoredRoom>;
  /** The cursors of a client that left before the last publications. */
  away: { userId: string; cursors: StoredCursor[] };
  /** Cursors that retention has passed, and why they no longer work. */
  outdated: (StoredCursor & { reason: string })[];
  /** Acked publications with a key; `expired` when the key is older than 24 hours. */
  keys: Record<'used' | 'expired', UsedKey>;
  /** Open at the moment, with what the authorizer had told the gateway. */
  open: Record<'alice' | 'tablet' | 'carol' | 'dave' | 'erin', StoredConnection>;
  /** Dave's tokens: one that opened a connection, with single-use tokens, and an unused one. */
  tokens: Record<'used' | 'unused', string>;
}

export interface StoredRoom {
  epoch: string;
  offset: number;
  items: { offset: number; id: string; from: string; at: number; data: unknown }[];
}

export interface StoredCursor {
  room: string;
  epoch: string;
  offset: number;
}

export interface UsedKey extends StoredCursor {
  key: string;
  from: string;
  data: unknown;
}

export interface StoredConnection {
  connectionId: string;
  userId: string;
  rooms: string[];
  authorizer: Record<string, string>;
}

export const FOLDER = join(import.meta.dirname, 'data-folder');
export const DESCRIPTION = join(import.meta.dirname, 'written.json');

export const readWritten = (): Written => JSON.parse(readFileSync(DESCRIPTION, 'utf8'));

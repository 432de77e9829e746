import { HISTORY_LIMIT } from './client-message.js';
import { ROOMS_PER_CONNECTION } from './connection.js';
import { DATA_BYTES } from './publication.js';
import { FRAME_BYTES } from './server-message.js';

/** What `hello` tells a client that it has to keep to. */
export const LIMITS = {
  frameBytes: FRAME_BYTES,
  dataBytes: DATA_BYTES,
  rooms: ROOMS_PER_CONNECTION,
  historyItems: HISTORY_LIMIT,
} as const;

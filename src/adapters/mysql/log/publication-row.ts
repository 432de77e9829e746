import type { Room } from '../../../../protocol/names.js';
import { JsonText } from '../../../domain/json/json-text.js';
import type { Publication } from '../../../domain/publications/publication.js';
import type { Row } from '../database/database.js';

export const toPublication = (room: Room, row: Row): Publication => ({
  room,
  epoch: row.epoch as string,
  offset: row.log_offset as number,
  id: row.id as string,
  from: row.user_id as string,
  at: row.published_at as number,
  data: JsonText.stored(row.data as string),
  requestId: row.request_id as string,
});

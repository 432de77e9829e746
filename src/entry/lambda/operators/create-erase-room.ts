import * as z from 'zod/mini';
import { EVERYONE } from '../../../../protocol/names.js';
import { joinableRoom } from '../../../../schemas/grammar.js';
import type { Application } from '../../application.js';
import type { EventLog } from '../../event-log.js';
import { createOperator } from './create-operator.js';

/** Removes all publications of a room. Inboxes have a separate function, with its own rights. */
export const createEraseRoom = (application: Application, log: EventLog) =>
  createOperator(
    {
      name: 'erase-room',
      request: z.object({ room: z.union([joinableRoom, z.literal(EVERYONE)]) }),
      example: '{"room": "…"}, with a room that clients join, or *',
      onFailure: 'Not everything was erased: try again',
      execute: ({ room }) => application.eraseLog.execute(room),
    },
    log,
  );

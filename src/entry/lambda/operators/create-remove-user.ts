import * as z from 'zod/mini';
import { joinableRoom, userId } from '../../../../schemas/grammar.js';
import type { Application } from '../../application.js';
import type { EventLog } from '../../event-log.js';
import { createOperator } from './create-operator.js';

/** Takes a user out of one room. */
export const createRemoveUser = (application: Application, log: EventLog) =>
  createOperator(
    {
      name: 'remove-user',
      request: z.object({ userId, room: joinableRoom }),
      example: '{"userId": "…", "room": "…"}',
      onFailure: 'Not all of the user’s connections were removed: try again',
      execute: ({ userId, room }) => application.removeUser.execute(userId, room),
    },
    log,
  );

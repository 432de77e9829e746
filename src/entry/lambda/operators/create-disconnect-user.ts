import * as z from 'zod/mini';
import { userId } from '../../../../schemas/grammar.js';
import type { Application } from '../../application.js';
import type { EventLog } from '../../event-log.js';
import { createOperator } from './create-operator.js';

/** Closes every connection of a user. */
export const createDisconnectUser = (application: Application, log: EventLog) =>
  createOperator(
    {
      name: 'disconnect-user',
      request: z.object({ userId }),
      example: '{"userId": "…"}',
      onFailure: 'Not all of the user’s connections were closed: try again',
      execute: ({ userId }) => application.disconnectUser.execute(userId),
    },
    log,
  );

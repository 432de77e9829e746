import * as z from 'zod/mini';
import { inboxOf } from '../../../../protocol/names.js';
import { userId } from '../../../../schemas/grammar.js';
import type { Application } from '../../application.js';
import type { EventLog } from '../../event-log.js';
import { createOperator } from './create-operator.js';

/** Removes every direct message to a user. */
export const createEraseInbox = (application: Application, log: EventLog) =>
  createOperator(
    {
      name: 'erase-inbox',
      request: z.object({ userId }),
      example: '{"userId": "…"}',
      onFailure: 'Not everything was erased: try again',
      execute: ({ userId }) => application.eraseLog.execute(inboxOf(userId)),
    },
    log,
  );

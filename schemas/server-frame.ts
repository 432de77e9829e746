import * as z from 'zod/mini';
import { pushes } from './pushes.js';
import { errorFrame } from './refusal.js';
import { replies } from './replies.js';

/** Any frame that a client may receive. An ack does not name its action: it has to fit one of them. */
export const serverFrame = z.union([...Object.values(pushes), errorFrame, ...Object.values(replies)]);

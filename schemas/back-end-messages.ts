import * as z from 'zod/mini';
import type { BackEndAction, BackEndMessage } from '../protocol/back-end.js';
import { frames } from './frames.js';
import { backEnd } from './grammar.js';

/** A client's frame, but for `id`: results have the places of their messages. */
const fromBackEnd = { from: backEnd };

/** What fits each action of a back end. Unknown fields are refused. */
export const backEndMessages = {
  broadcast: z.extend(z.omit(frames.broadcast, { id: true }), fromBackEnd),
  send: z.extend(z.omit(frames.send, { id: true }), fromBackEnd),
  publish: z.extend(z.omit(frames.publish, { id: true }), fromBackEnd),
} satisfies { [A in BackEndAction]: z.ZodMiniType<BackEndMessage<A>> };

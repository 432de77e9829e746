import * as z from 'zod/mini';
import type { BackEndAction, BackEndMessage } from '../protocol/back-end.js';
import { frames } from './frames.js';
import { backEnd, roomOrUser } from './grammar.js';

/** A client's frame without `id`: results have the places of their messages. */
const fromBackEnd = { from: backEnd };

const { id: _, ...signal } = frames.signal.shape;

/** The schema of each action of a back end. Unknown fields are refused. */
export const backEndMessages = {
  broadcast: z.extend(z.omit(frames.broadcast, { id: true }), fromBackEnd),
  send: z.extend(z.omit(frames.send, { id: true }), fromBackEnd),
  publish: z.extend(z.omit(frames.publish, { id: true }), fromBackEnd),
  signal: z
    .strictObject({
      ...signal,
      ...fromBackEnd,
      tag: z.exactOptional(signal.tag),
      number: z.exactOptional(signal.number),
    })
    .check(
      roomOrUser,
      z.refine(({ tag, number }) => (tag === undefined) === (number === undefined), { path: ['number'] }),
    ),
} satisfies { [A in BackEndAction]: z.ZodMiniType<BackEndMessage<A>> };

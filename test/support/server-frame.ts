import type { Action } from '../../protocol/actions.js';
import { replies } from '../../schemas/replies.js';
import { serverFrame } from '../../schemas/server-frame.js';

/** A frame as it came, parsed. */
export type ServerFrame = Record<string, unknown>;

/**
 * The server's frame, if it fits the protocol exactly. An ack has to fit its action, if that is known.
 *
 * @throws Error that shows the frame and what is wrong with it
 */
export const parseServerFrame = (text: string, action?: unknown): ServerFrame => {
  const frame: ServerFrame = JSON.parse(text);
  const schema =
    frame.type === 'ack' && typeof action === 'string' && Object.hasOwn(replies, action)
      ? replies[action as Action]
      : serverFrame;
  const { error } = schema.safeParse(frame);
  if (error) throw new Error(`The protocol has no such frame: ${text.slice(0, 2_000)}\n${error.message}`);
  return frame;
};

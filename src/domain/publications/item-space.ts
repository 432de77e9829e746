import type { Action, Reply } from '../../../protocol/actions.js';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import { LABEL_LENGTH } from '../../../protocol/names.js';
import type { Push } from '../../../protocol/pushes.js';
import { writeJson } from '../json/write-json.js';

/** How many bytes a push has for items, beside its other fields. */
export const itemSpaceInPush = (push: Push): number => spaceIn(push);

/** Like `itemSpaceInPush`, for a reply: it may have to repeat the longest `id`. */
export const itemSpaceInAck = (reply: Reply<Action>): number =>
  spaceIn({ type: 'ack', id: 'x'.repeat(LABEL_LENGTH), ...reply });

const spaceIn = (frame: object): number => FRAME_BYTES - Buffer.byteLength(writeJson(frame));

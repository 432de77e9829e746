import type { Action, Reply } from '../../../protocol/actions.js';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import { LABEL_LENGTH } from '../../../protocol/names.js';
import type { Push } from '../../../protocol/pushes.js';
import { writeJson } from '../json/write-json.js';

/** How many bytes a push still has for items, beside what is in it already. */
export const spaceBeside = (push: Push): number => spaceIn(push);

/** As `spaceBeside`, for a reply: its frame may have the longest `id`. */
export const spaceInAck = (reply: Reply<Action>): number =>
  spaceIn({ type: 'ack', id: 'x'.repeat(LABEL_LENGTH), ...reply });

const spaceIn = (frame: object): number => FRAME_BYTES - Buffer.byteLength(writeJson(frame));

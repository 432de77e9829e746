import type { UnansweredAction } from '../../../../../protocol/actions.js';
import { frames } from '../../../../../schemas/frames.js';
import { readMessage } from '../read-message.js';
import type { Route } from '../route.js';

const keepalive: Route<undefined> = (_application, _identity, frame) => {
  readMessage(frames.keepalive, frame);
  return { execute: async () => ({ ack: undefined }) };
};

const routes: { readonly [A in UnansweredAction]: Route<undefined> } = { keepalive };

/** Actions whose routes have no route response: whatever becomes of a frame, nothing is returned to its client. */
export const UNANSWERED_ROUTES: ReadonlyMap<string, Route<undefined>> = new Map(Object.entries(routes));

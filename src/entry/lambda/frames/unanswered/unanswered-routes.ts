import type { UnansweredAction } from '../../../../../protocol/actions.js';
import { frames } from '../../../../../schemas/frames.js';
import { aheadOf } from '../ahead-of.js';
import { readMessage } from '../reading/read-message.js';
import { serialiseData } from '../reading/serialise-data.js';
import type { Route } from '../route.js';

const keepalive: Route<undefined> = (_application, _identity, frame) => {
  readMessage(frames.keepalive, frame);
  return { execute: async () => ({ ack: undefined }) };
};

const signal: Route<undefined> = (application, identity, frame) => {
  const message = serialiseData(readMessage(frames.signal, frame));
  const { ahead, execute } = aheadOf(application.sendSignal, identity, message);
  return { ahead, execute: async (caller) => ({ ack: undefined, ...(await execute(caller)) }) };
};

const routes: { readonly [A in UnansweredAction]: Route<undefined> } = { keepalive, signal };

/** Actions whose routes have no route response: their clients get no reply, whatever the outcome. */
export const UNANSWERED_ROUTES: ReadonlyMap<string, Route<undefined>> = new Map(Object.entries(routes));

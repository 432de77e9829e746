import { hashOf } from '../../../../protocol/roster-digest.js';
import type { ShownState } from '../simulation/records/states-and-signals.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';
import type { StoredStamp } from '../simulation/store/store.js';

interface Announced extends ShownState {
  replaces?: number;
}

/** Every shown state was set by its user, on a connection that was still open when the invocation began. */
export const checkStates = (
  { statesAndSignals, ledger }: SimulatedWorld,
  room: string,
  states: readonly Announced[],
  invokedAt: number,
): void => {
  for (const said of states) {
    if (said.counter === 0 && said.state === null && said.replaces !== undefined) continue;
    const authors = statesAndSignals.authorsOf(room, said);
    const text = `${room} shows ${JSON.stringify(said)}`;
    if (authors.length === 0) ledger.violate('states', `${text}, which was never said`);
    else if (authors.every((id) => (ledger.goneAt.get(id) ?? Number.POSITIVE_INFINITY) < invokedAt))
      ledger.violate('states', `${text} at ${invokedAt}, and ${authors.join(' ')} had gone`);
  }
};

export interface PushedSignal {
  room: string;
  from: string;
  tag: string;
  number: number;
  data: unknown;
}

/** A signal arrives unchanged, only at its target, at no connection twice, and not at its sender. */
export const checkSignal = (
  { statesAndSignals, ledger }: SimulatedWorld,
  connectionId: string,
  signal: PushedSignal,
): void => {
  const sent = statesAndSignals.signalOf(signal);
  const text = `${connectionId} got ${JSON.stringify(signal)}`;
  ledger.count('signals pushed');
  if (sent?.room !== signal.room || sent.data !== JSON.stringify(signal.data))
    ledger.violate('signals', `${text}, which was not sent`);
  if (sent?.connectionId === connectionId) ledger.violate('signals', `${text}, which it had sent`);
  if (!statesAndSignals.reaches(connectionId, signal)) ledger.violate('signals', `${text} twice`);
};

/** At rest, a room shows the newest state of each user, as stored in the memberships, and no other. */
export const checkShown = async (
  world: SimulatedWorld,
  room: string,
  shown: readonly ShownState[],
): Promise<void> => {
  const { store, ledger } = world;
  const newest = new Map<string, StoredStamp>();
  for (const stamp of await store.stamps(room)) {
    const known = newest.get(stamp.userId);
    const isNewer =
      !known ||
      known.counter < stamp.counter ||
      (known.counter === stamp.counter && known.connectionId < stamp.connectionId);
    if (isNewer) newest.set(stamp.userId, stamp);
  }
  const is = shown.map(({ user, counter, state }) => `${user} ${counter} ${hashOf(JSON.stringify(state))}`);
  const ought = [...newest.values()].map(({ userId, counter, hash }) => `${userId} ${counter} ${hash}`);
  if (is.toSorted().join() !== ought.toSorted().join())
    ledger.violate('states', `${room} shows [${is.toSorted()}], and ought to show [${ought.toSorted()}]`);
};

import { hashOf } from '../../../../protocol/roster-digest.js';
import type { Said } from '../simulation/sayings.js';
import type { StoredStamp } from '../simulation/store/store.js';
import type { World } from '../simulation/world.js';

interface Announced extends Said {
  replaces?: number;
}

/** A shown state was set by its user, on a connection that had not ended when the invocation began. */
export const checkStates = (
  { sayings, ledger }: World,
  room: string,
  states: readonly Announced[],
  invokedAt: number,
): void => {
  for (const said of states) {
    if (said.counter === 0 && said.state === null && said.replaces !== undefined) continue;
    const authors = sayings.authorsOf(room, said);
    const text = `${room} shows ${JSON.stringify(said)}`;
    if (authors.length === 0) ledger.violate('states', `${text}, which was never said`);
    else if (authors.every((id) => (ledger.goneAt.get(id) ?? Number.POSITIVE_INFINITY) < invokedAt))
      ledger.violate('states', `${text} at ${invokedAt}, and ${authors.join(' ')} had gone`);
  }
};

export interface Signal {
  room: string;
  from: string;
  tag: string;
  number: number;
  data: unknown;
}

/** A signal is what was sent, goes where it was sent to, and to no connection twice nor back. */
export const checkSignal = ({ sayings, ledger }: World, connectionId: string, signal: Signal): void => {
  const sent = sayings.signalOf(signal);
  const text = `${connectionId} got ${JSON.stringify(signal)}`;
  ledger.count('signals pushed');
  if (sent?.room !== signal.room || sent.data !== JSON.stringify(signal.data))
    ledger.violate('signals', `${text}, which was not sent`);
  if (sent?.connectionId === connectionId) ledger.violate('signals', `${text}, which it had sent`);
  if (!sayings.reaches(connectionId, signal)) ledger.violate('signals', `${text} twice`);
};

/** At rest, a room shows the newest state of each user, as the memberships say, and none besides. */
export const checkShown = async (world: World, room: string, shown: readonly Said[]): Promise<void> => {
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

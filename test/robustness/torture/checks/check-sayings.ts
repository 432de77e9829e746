import { hashOf } from '../../../../protocol/roster-digest.js';
import { roomOf } from '../../../../src/adapters/dynamodb/members/partitions.js';
import type { Said } from '../simulation/sayings.js';
import type { World } from '../simulation/world.js';

interface Announced extends Said {
  replaces?: number;
}

/** What is shown of a user was said by them, on a connection that had not ended when the invocation began. */
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
export const checkShown = (world: World, room: string, shown: readonly Said[]): void => {
  const { connections, ledger, scheduler } = world;
  const newest = new Map<string, { id: string; counter: number; hash: unknown }>();
  for (const row of connections.all(`ROOM#${room}`)) {
    const { sk: id, userId, stateCounter, stateHash: hash } = row;
    const isLive = Number(row.expiresAt) > scheduler.now;
    if (roomOf(row.pk) !== room || stateCounter === undefined || !isLive) continue;
    const counter = Number(stateCounter);
    const known = newest.get(String(userId));
    const isNewer = !known || known.counter < counter || (known.counter === counter && known.id < id);
    if (isNewer) newest.set(String(userId), { id, counter, hash });
  }
  const is = shown.map(({ user, counter, state }) => `${user} ${counter} ${hashOf(JSON.stringify(state))}`);
  const ought = [...newest].map(([user, { counter, hash }]) => `${user} ${counter} ${hash}`);
  if (is.toSorted().join() !== ought.toSorted().join())
    ledger.violate('states', `${room} shows [${is.toSorted()}], and ought to show [${ought.toSorted()}]`);
};

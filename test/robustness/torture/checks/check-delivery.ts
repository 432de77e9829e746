import type { Invocation } from '../simulation/instances/invocation.js';
import {
  type Ledger,
  placeOf,
  type RecordedAck,
  type Stay,
  type Stored,
} from '../simulation/records/ledger.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';

/**
 * Every client that knew its place in a room and stayed there was sent each later acked publication, or a push was at
 * least tried: by the publishing invocation before its ack, or by the stream's consumer.
 */
export const checkDelivery = (world: SimulatedWorld): void => {
  const { ledger } = world;
  const byRoom = new Map<string, Stay[]>();
  for (const stay of [...ledger.stays.values()].flat()) {
    byRoom.set(stay.room, [...(byRoom.get(stay.room) ?? []), stay]);
  }
  for (const ack of ledger.acks) {
    const place = placeOf(ack.room, ack.epoch, ack.offset);
    const stored = ledger.stored.get(place);
    if (!stored || ledger.givenUp.has(place) || couldNotDeliver(world, ack)) continue;
    if ([ack.invocation, ...(ledger.servedBy.get(place) ?? [])].some((one) => wasCutShort(ledger, one)))
      continue;
    const until = deliveredBy(world, ack, stored, place);
    if (until === undefined) {
      ledger.violate('delivery', `${place} was left to the stream, which never served it`);
      continue;
    }
    const attempts = ledger.attempts.get(place);
    for (const stay of byRoom.get(ack.room) ?? []) {
      const at = attempts?.get(stay.connectionId);
      if (isExcused(world, stay, place)) continue;
      if (stay.until > until && isBefore(ledger, stay, ack, place) && (at === undefined || at > until)) {
        const late = at === undefined ? 'never' : `only at ${at}`;
        ledger.violate(
          'delivery',
          `${stay.connectionId}, in ${ack.room} since ${stay.offset}, was ${late} sent ${place} (${ack.invocation.name}, until ${until})`,
        );
      }
    }
  }
};

/** The hand-over failed: clients find the gap by the offsets. */
const couldNotDeliver = ({ store }: SimulatedWorld, { invocation, room }: RecordedAck): boolean =>
  invocation.faults.some((fault) => store.keepsFromDelivery(fault, room));

/** A clock that steps ahead ends running timeouts. */
const wasCutShort = (
  { steps }: Ledger,
  { startedAt, endedAt = Number.POSITIVE_INFINITY }: Invocation,
): boolean => steps.some((step) => startedAt <= step && step <= endedAt);

/** A push of an earlier publication in the same batch failed. */
const isExcused = ({ ledger }: SimulatedWorld, { room, connectionId }: Stay, place: string): boolean => {
  const failed = ledger.failed.get(`${room} ${connectionId}`);
  return failed !== undefined && [...(ledger.servedBy.get(place) ?? [])].some((one) => failed.has(one));
};

const deliveredBy = (
  { ledger }: SimulatedWorld,
  ack: RecordedAck,
  stored: Stored,
  place: string,
): number | undefined => {
  const endedAt = ack.invocation.endedAt ?? Number.POSITIVE_INFINITY;
  if (!stored.streamed) return endedAt;
  const served = ledger.served.get(place);
  return served === undefined ? undefined : Math.max(served, endedAt);
};

/** A room's head goes back when its newest rows are deleted. */
const isBefore = ({ vanished }: Ledger, stay: Stay, { epoch, offset }: RecordedAck, place: string): boolean =>
  (vanished.get(place) ?? Number.POSITIVE_INFINITY) > stay.since &&
  (stay.epoch < epoch || (stay.epoch === epoch && stay.offset < offset));

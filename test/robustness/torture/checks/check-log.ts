import { IDEMPOTENCY_MS, RETENTION_MS } from '../../../../src/domain/publications/publication.js';
import type { Stored } from '../simulation/records/ledger.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';

/** Acked publications exist, once for each key, and the numbers have no holes. */
export const checkLog = (world: SimulatedWorld): void => {
  const { ledger } = world;
  const byKey = new Map<string, Stored>();
  const byEpoch = new Map<string, Stored[]>();
  for (const stored of ledger.stored.values()) {
    const { room, epoch, from, key, offset } = stored;
    const log = `${room} ${epoch}`;
    byEpoch.set(log, [...(byEpoch.get(log) ?? []), stored]);
    if (stored.seal || key === undefined) continue;
    const name = `${room} ${from} ${key}`;
    const twin = byKey.get(name);
    if (twin && Math.abs(stored.storedAt - twin.storedAt) < IDEMPOTENCY_MS)
      ledger.violate('idempotency', `${name} is at ${twin.epoch}#${twin.offset} and at ${epoch}#${offset}`);
    byKey.set(name, stored);
  }

  for (const [log, slots] of byEpoch) {
    slots.sort((a, b) => a.offset - b.offset);
    slots.forEach(({ offset, seal }, index) => {
      if (offset !== index + 1) ledger.violate('density', `${log} has ${offset} at place ${index + 1}`);
      if (seal && index !== slots.length - 1)
        ledger.violate('density', `${log} goes on after its seal at ${offset}`);
    });
  }

  for (const { room, epoch, offset, from, key, data, invocation } of ledger.acks) {
    const stored = ledger.find(room, epoch, offset);
    if (!stored || stored.seal || stored.from !== from || stored.data !== data || stored.key !== key) {
      ledger.violate(
        'durability',
        `${room} ${epoch}#${offset} was acked to ${from} for ${data} by ${invocation.name}, and holds ${stored?.data}`,
      );
    }
  }
  checkEpochs(world);
};

/** An epoch ends only when all its publications are too old to be read. */
const checkEpochs = ({ ledger, settings }: SimulatedWorld): void => {
  for (const [room, epochs] of ledger.epochs) {
    epochs.slice(1).forEach(({ epoch, startedAt }, index) => {
      const old = epochs[index]?.epoch;
      const retained = [...ledger.stored.values()].filter(
        (one) =>
          one.room === room &&
          one.epoch === old &&
          !one.seal &&
          one.storedAt > startedAt - RETENTION_MS + 2 * settings.skewMs,
      );
      if (retained.length > 0) {
        ledger.violate(
          'epochs',
          `${room}: ${epoch} began while ${retained.length} of ${old} were to be kept`,
        );
      }
    });
  }
};

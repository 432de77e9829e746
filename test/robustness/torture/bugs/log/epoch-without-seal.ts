import { metaKey } from '../../../../../src/adapters/dynamodb/keys.js';
import { isSeal, slotOf } from '../../../../../src/adapters/dynamodb/log/publication-row.js';
import { nextEpoch } from '../../../../../src/domain/publications/epoch.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** A new epoch begins without a seal on the old one: a late append there is acked and lost. */
export const epochWithoutSeal: Bug = {
  messagesTable: (table, { instance, random }) =>
    overrideMethods(table, {
      async put(item, onlyIf) {
        if (!isSeal(item)) return table.put(item, onlyIf);
        const { room, epoch: old } = slotOf(item);
        const startedAt = instance.now();
        const epoch = nextEpoch(startedAt, random.id(6), old);
        await table.update(metaKey(room), { set: { epoch, startedAt } }, { equals: ['epoch', old] });
        return true;
      },
    }),
};

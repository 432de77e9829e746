import type { Handover } from '../../../application/ports/handover.js';
import type { Random } from '../../../application/ports/random.js';
import type { Publication } from '../../../domain/publications/publication.js';
import { slotKey } from '../keys.js';
import type { Table } from '../table/table.js';
import { FAN_OUT_ATTRIBUTE } from './publication-row.js';

/** The stream of the messages table selects rows with a mark, and each new mark makes a new record. */
export class DynamoDBHandover implements Handover {
  readonly byAppend = true;

  constructor(
    private readonly table: Table,
    private readonly random: Random,
  ) {}

  async handOver({ room, epoch, offset }: Publication): Promise<void> {
    const again = { set: { [FAN_OUT_ATTRIBUTE]: this.random.id(20) } };
    // If DynamoDB has deleted it, a seal may be in its place.
    await this.table.update(slotKey(room, epoch, offset), again, { exists: 'id' });
  }
}

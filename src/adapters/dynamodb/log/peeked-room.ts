import type { Cursor } from '../../../../protocol/cursor.js';
import type { PeekedHead } from '../../../application/ports/publication-log.js';
import type { HeadReading } from './room-head.js';

/** A peeked head, with the facts that an append needs. */
export class PeekedRoom implements PeekedHead {
  constructor(
    readonly look: HeadReading,
    /** Reads the head, and may write. */
    private readonly read: () => Promise<Cursor>,
    private readonly signal: AbortSignal | undefined,
  ) {}

  get cursor(): Cursor | undefined {
    return this.look.seen?.cursor;
  }

  async head(): Promise<Cursor> {
    if (this.cursor) return this.cursor;
    this.signal?.throwIfAborted();
    return (await this.look.write?.(false))?.cursor ?? this.read();
  }
}

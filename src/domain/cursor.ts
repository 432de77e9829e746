/** A place in a room's log. `offset` 0 is the place before the first publication. */
export interface Cursor {
  /** Changes when the numbering had to start anew. */
  epoch: string;
  offset: number;
}

const EPOCH = /^[0-9A-Za-z-]{1,32}$/;

export const isCursor = ({ epoch, offset }: Cursor): boolean =>
  EPOCH.test(epoch) && Number.isSafeInteger(offset) && offset >= 0;

import {
  readStreamRecord,
  type StreamRecord,
} from '../../../src/adapters/dynamodb/log/read-stream-record.js';

/** Lambda's record of a batch that it gave up on. */
export interface FailureRecord {
  /** `RetryAttemptsExhausted` or `RecordAgeExceeded`. */
  readonly reason: string;
  readonly at: string;
  /** The event, as the function got it. */
  readonly event: { readonly Records: readonly StreamRecord[] };
}

/**
 * @throws Error if the object is not such a record
 */
export const parseFailureRecord = (text: string): FailureRecord => {
  const { requestContext, timestamp, payload } = JSON.parse(text) as {
    requestContext?: { condition?: string };
    timestamp?: string;
    payload?: string;
  };
  if (payload === undefined) throw new Error('It has no payload');
  const event = JSON.parse(payload) as FailureRecord['event'];
  if (!Array.isArray(event.Records)) throw new Error('Its payload has no records');
  return { reason: requestContext?.condition ?? 'unknown reason', at: timestamp ?? 'unknown time', event };
};

/** Each room with the offsets that were not pushed. */
export const roomsIn = ({ event }: FailureRecord): string => {
  const rooms = new Map<string, number[]>();
  let unreadable = 0;
  for (const found of event.Records.map(readStreamRecord)) {
    if ('error' in found) unreadable += 1;
    else
      rooms.set(found.publication.room, [
        ...(rooms.get(found.publication.room) ?? []),
        found.publication.offset,
      ]);
  }
  const parts = [...rooms].map(([room, offsets]) => `${room} ${offsets.join(',')}`);
  if (unreadable > 0) parts.push(`${unreadable} unreadable`);
  return parts.join('; ');
};

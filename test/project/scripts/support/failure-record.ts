import { toPublicationRow } from '../../../../src/adapters/dynamodb/log/publication-row.js';
import { JsonText } from '../../../../src/domain/json/json-text.js';
import { toStreamRecord } from '../../../../src/entry/local/stream/stream-record.js';

/** As Lambda writes it to a bucket. */
export const failureRecord = (...offsets: number[]): string => {
  const Records = offsets.map((offset) => {
    const row = toPublicationRow(
      { room: 'lobby', epoch: '1760000000000-abcdef', offset },
      { from: 'bob', data: JsonText.of(offset), requestId: 'r' },
      { id: `p${offset}`, at: Date.now(), expiresAt: Date.now() + 60_000, handOver: true },
    );
    return toStreamRecord({ eventName: 'INSERT', key: row, newImage: row }, offset, 'messages');
  });
  return JSON.stringify({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 6 },
    version: '1.0',
    timestamp: '2026-11-26T12:00:00.000Z',
    payload: JSON.stringify({ Records }),
  });
};

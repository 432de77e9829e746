import { describe, expect, it } from '@jest/globals';
import {
  EventSourceMapping,
  type StreamHandler,
} from '../../../../src/entry/local/stream/event-source-mapping.js';
import type { MappingSettings } from '../../../../src/entry/local/stream/mapping-settings.js';
import { type StreamRecord, toStreamRecord } from '../../../../src/entry/local/stream/stream-record.js';

const SETTINGS: MappingSettings = {
  batchSize: 4,
  batchWindow: 0,
  bisectBatchOnFunctionError: true,
  functionResponseType: 'ReportBatchItemFailures',
  maximumRetryAttempts: 2,
  maximumRecordAgeInSeconds: 600,
  filterPatterns: [],
};

const nameOf = ({ dynamodb }: StreamRecord): string => dynamodb.Keys.pk?.S ?? '';

/** Adds records a, b, c, …; resolves to the batches that the handler saw and to what was given up. */
const play = async (
  names: string,
  handle: (names: string[], records: StreamRecord[]) => Awaited<ReturnType<StreamHandler>>,
  changed: Partial<MappingSettings> = {},
) => {
  const batches: string[] = [];
  const givenUp: [string, string][] = [];
  const mapping = new EventSourceMapping({
    settings: { ...SETTINGS, ...changed },
    timeout: 1,
    retryMs: 0,
    handler: async ({ Records }) => {
      batches.push(Records.map(nameOf).join(''));
      return handle(Records.map(nameOf), Records);
    },
    onFailure: (records, reason) => givenUp.push([records.map(nameOf).join(''), reason]),
  });
  [...names].forEach((pk, index) => {
    const key = { pk, sk: 's' };
    mapping.add(toStreamRecord({ eventName: 'INSERT', key, newImage: key }, index, 'messages'));
  });
  await mapping.idle();
  return { batches, givenUp };
};

const failures = (records: StreamRecord[], failed: string) => ({
  batchItemFailures: records
    .filter((record) => failed.includes(nameOf(record)))
    .map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })),
});

describe('The stand-in for an event source mapping', () => {
  it('hands records over in their order, in batches of at most the batch size', async () => {
    const { batches, givenUp } = await play('abcdefghij', () => undefined);

    expect([batches, givenUp]).toEqual([['abcd', 'efgh', 'ij'], []]);
  });

  it('is not invoked for records that the filter excludes', async () => {
    const filterPatterns = [{ dynamodb: { Keys: { pk: { S: ['b', { prefix: 'd' }] } } } }];

    expect((await play('abcd', () => undefined, { filterPatterns })).batches).toEqual(['bd']);
    expect((await play('ac', () => undefined, { filterPatterns })).batches).toEqual([]);
  });

  it('continues from the first failed record, and does not repeat earlier ones', async () => {
    let first = true;
    const { batches, givenUp } = await play(
      'abcd',
      (_, records) => {
        const result = first ? failures(records, 'bd') : null;
        first = false;
        return result;
      },
      { bisectBatchOnFunctionError: false },
    );

    expect([batches, givenUp]).toEqual([['abcd', 'bcd'], []]);
  });

  it('halves a failed batch until it isolates the poison record, gives up only that, and continues', async () => {
    const { batches, givenUp } = await play('abcdef', (names) => {
      if (names.includes('c')) throw new Error('poison');
      return undefined;
    });

    expect(givenUp).toEqual([['c', 'RetryAttemptsExhausted']]);
    expect(batches).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd', 'ef']);
  });

  it('isolates a poison record that a partial failure reports as well', async () => {
    const { givenUp, batches } = await play('abcd', (_, records) => failures(records, 'b'));

    expect(givenUp).toEqual([['b', 'RetryAttemptsExhausted']]);
    expect(batches.at(-1)).toMatch(/d$/);
  });

  it('retries a whole batch up to its limit if batches are not halved', async () => {
    const { batches, givenUp } = await play(
      'ab',
      () => {
        throw new Error('down');
      },
      { bisectBatchOnFunctionError: false },
    );

    expect(batches).toEqual(['ab', 'ab', 'ab']);
    expect(givenUp).toEqual([['ab', 'RetryAttemptsExhausted']]);
  });

  it('gives up records that are too old', async () => {
    const { batches, givenUp } = await play('a', (_, records) => failures(records, 'a'), {
      maximumRecordAgeInSeconds: -1,
    });

    expect([batches, givenUp]).toEqual([['a'], [['a', 'RecordAgeExceeded']]]);
  });

  it('treats an unknown identifier as a failure of the whole batch', async () => {
    let first = true;
    const { batches } = await play('ab', () => {
      const unknown = first;
      first = false;
      return unknown ? { batchItemFailures: [{ itemIdentifier: 'nonsense' }] } : undefined;
    });

    expect(batches).toEqual(['ab', 'a', 'b']);
  });

  it('accepts a handler’s reports of failures only if the setting allows it', async () => {
    const { functionResponseType: _, ...settings } = SETTINGS;
    const batches: number[] = [];
    const mapping = new EventSourceMapping({
      settings,
      timeout: 1,
      handler: async ({ Records }) => {
        batches.push(Records.length);
        return failures(Records, 'a');
      },
      onFailure: () => batches.push(-1),
    });
    mapping.add(toStreamRecord({ eventName: 'INSERT', key: { pk: 'a', sk: 's' } }, 1, 'messages'));
    await mapping.idle();

    expect(batches).toEqual([1]);
  });

  it('gives a handler its own copies, so that it cannot change a retry', async () => {
    let first = true;
    const { batches } = await play('a', (_, records) => {
      const result = first ? failures(records, 'a') : undefined;
      first = false;
      for (const record of records) record.dynamodb.Keys = {};
      return result;
    });

    expect(batches).toEqual(['a', 'a']);
  });

  it('hands nothing over after it was stopped', async () => {
    const seen: unknown[] = [];
    const handler = async (event: unknown) => {
      seen.push(event);
      return undefined;
    };
    const mapping = new EventSourceMapping({ settings: SETTINGS, timeout: 1, handler, onFailure: () => {} });
    const record = toStreamRecord({ eventName: 'INSERT', key: { pk: 'a', sk: 's' } }, 1, 'messages');
    mapping.add(record);

    await mapping.stop();
    mapping.add(record);
    await mapping.idle();

    expect(seen).toEqual([]);
  });
});

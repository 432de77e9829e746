import { describe, expect, it } from '@jest/globals';
import { type FilterPattern, matches } from '../../../../src/entry/local/stream/filter-pattern.js';
import { readStreamFunction } from '../../../../src/entry/local/stream/mapping-settings.js';
import { toStreamRecord } from '../../../../src/entry/local/stream/stream-record.js';

const CASES: [what: string, pattern: FilterPattern, record: unknown, matching: boolean][] = [
  ['a value that is listed', { eventName: ['INSERT', 'MODIFY'] }, { eventName: 'MODIFY' }, true],
  ['a value that is not listed', { eventName: ['INSERT'] }, { eventName: 'REMOVE' }, false],
  ['a value that only begins alike', { eventName: ['INSERT'] }, { eventName: 'INSERTED' }, false],
  ['a field that is absent', { eventName: ['INSERT'] }, {}, false],
  ['null where null is asked', { a: [null] }, { a: null }, true],
  ['nothing where null is asked', { a: [null] }, {}, false],
  ['a beginning', { a: [{ prefix: 'LOG#' }] }, { a: 'LOG#x' }, true],
  ['another beginning', { a: [{ prefix: 'LOG#' }] }, { a: 'CLAIM#x' }, false],
  ['a beginning of a number', { a: [{ prefix: '1' }] }, { a: 12 }, false],
  ['something that has to be there', { a: { b: [{ exists: true }] } }, { a: { b: '' } }, true],
  ['something below what is not there', { a: { b: [{ exists: true }] } }, {}, false],
  ['something that must not be there', { a: { b: [{ exists: false }] } }, { a: {} }, true],
  ['all fields, of which one differs', { a: ['1'], b: ['2'] }, { a: '1', b: '3' }, false],
  ['an empty pattern', {}, { anything: 1 }, true],
];

describe('A filter pattern', () => {
  it.each(CASES)('with %s', (_, pattern, record, matching) => {
    expect(matches(pattern, record)).toBe(matching);
  });

  it('of the deployment passes only publications that the stream has to deliver', () => {
    const { mapping } = readStreamFunction(new URL('../../../../serverless.yml', import.meta.url), 'fanOut');
    const key = { pk: 'LOG#lobby', sk: 'e#0000000000000001' };
    const passes = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', attributes?: object) => {
      const write = { eventName, key, ...(attributes && { newImage: { ...key, ...attributes } }) };
      return mapping.filterPatterns.some((pattern) => matches(pattern, toStreamRecord(write, 1, 'messages')));
    };

    expect(passes('INSERT', { data: '1', fanOut: 'id' })).toBe(true);
    expect(passes('MODIFY', { data: '1', fanOut: 'again' })).toBe(true);
    expect(passes('INSERT', { data: '1' })).toBe(false);
    expect(passes('INSERT', { seal: true })).toBe(false);
    expect(passes('REMOVE')).toBe(false);
  });
});

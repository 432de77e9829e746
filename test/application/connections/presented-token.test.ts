import { describe, expect, it } from '@jest/globals';
import type { Handshake } from '../../../src/application/connections/handshake.js';
import { presentedToken } from '../../../src/application/connections/presented-token.js';

const inHeader = (name: string, value: string): Handshake => ({ headers: { [name]: value } });
const T = { token: 'T' };

describe('the presented token', () => {
  const cases: [string, Handshake, ReturnType<typeof presentedToken>][] = [
    ['comes from the authorization header', inHeader('Authorization', 'Bearer T'), T],
    ['comes from it in any casing', inHeader('AUTHORIZATION', 'bEARER T'), T],
    ['comes from it with any spaces around', inHeader('authorization', ' Bearer   T '), T],
    ['comes from the sub-protocols', inHeader('Sec-WebSocket-Protocol', 'switchboard.v1, bearer.T'), T],
    [
      'comes from them in any order and spacing',
      inHeader('sec-websocket-protocol', 'bearer.T,switchboard.v1'),
      T,
    ],
    ['comes from the query', { query: { token: 'T' } }, T],
    ['may come twice', { ...inHeader('Authorization', 'Bearer T'), query: { token: 'T' } }, T],
    ['may come in both shapes of an event', { query: { token: 'T' }, multiValueQuery: { token: ['T'] } }, T],
    [
      'keeps the spaces inside it, to be refused as unparseable',
      inHeader('Authorization', 'Bearer T U'),
      { token: 'T U' },
    ],
    ['is missing from an empty handshake', {}, 'missing'],
    [
      'is missing from a handshake of nulls',
      { headers: null, multiValueHeaders: null, query: null, multiValueQuery: null },
      'missing',
    ],
    ['is missing when it is empty', inHeader('Authorization', 'Bearer '), 'missing'],
    ['is missing when only the scheme is there', inHeader('Authorization', 'Bearer'), 'missing'],
    ['is missing when the scheme is another', inHeader('Authorization', 'Basic T'), 'missing'],
    ['is missing when the scheme only begins alike', inHeader('Authorization', 'BearerT'), 'missing'],
    [
      'is missing when no sub-protocol bears it',
      inHeader('Sec-WebSocket-Protocol', 'switchboard.v1'),
      'missing',
    ],
    ['is not looked for under a query name of another casing', { query: { Token: 'T' } }, 'missing'],
    [
      'conflicts between header and query',
      { ...inHeader('Authorization', 'Bearer T'), query: { token: 'U' } },
      'conflict',
    ],
    [
      'conflicts between header and an empty query',
      { ...inHeader('Authorization', 'Bearer T'), query: { token: '' } },
      'conflict',
    ],
    [
      'conflicts between header and sub-protocol',
      { headers: { authorization: 'Bearer T', 'sec-websocket-protocol': 'bearer.U' } },
      'conflict',
    ],
    [
      'conflicts within the sub-protocols',
      inHeader('Sec-WebSocket-Protocol', 'bearer.T, bearer.U'),
      'conflict',
    ],
    [
      'conflicts within the query',
      { query: { token: 'U' }, multiValueQuery: { token: ['T', 'U'] } },
      'conflict',
    ],
    [
      'conflicts within the headers',
      { multiValueHeaders: { Authorization: ['Bearer T', 'Bearer U'] } },
      'conflict',
    ],
    [
      'conflicts between headers of different casing',
      { headers: { Authorization: 'Bearer T', authorization: 'Bearer U' } },
      'conflict',
    ],
  ];

  it.each(cases)('%s', (_, handshake, expected) => {
    expect(presentedToken(handshake, { query: true })).toEqual(expected);
  });

  it('is not read from the query unless the setting allows it', () => {
    const both = { ...inHeader('Authorization', 'Bearer T'), query: { token: 'U' } };

    expect(presentedToken({ query: { token: 'T' } }, { query: false })).toBe('missing');
    expect(presentedToken(both, { query: false })).toEqual(T);
  });
});

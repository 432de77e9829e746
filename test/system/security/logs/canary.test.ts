import { describe, expect, it } from '@jest/globals';
import { CANARIES } from '../support/canaries.js';
import { CanaryWorld } from '../support/canary-world.js';

describe('The log', () => {
  const world = new CanaryWorld();

  it('contains no tokens or their parts, data, refused frames, secrets, claims, addresses, agents', () => {
    const written = world.program.output + world.program.errors;
    const planted = [...Object.values(CANARIES), ...world.tokens];
    const parts = world.tokens.flatMap((token) => token.split('.').slice(1));

    const found = [...planted, ...parts].filter((canary) => written.includes(canary));

    expect(found).toEqual([]);
    expect(parts.length).toBeGreaterThan(20);
  });

  it('is searched after all of these have been used', () => {
    const outcomes = new Set(world.program.events.map(({ route, outcome }) => `${route} ${outcome}`));

    for (const seen of [
      'authorizer ok',
      'authorizer expired',
      'authorizer subject_invalid',
      'authorizer unparseable',
      'authorizer token_conflict',
      'authorizer token_already_used',
      'authorizer unavailable',
      '$connect ok',
      '$disconnect ok',
      '$default unknown_action',
      '$default invalid_json',
      'publish ok',
      'publish idempotency_conflict',
      'publish not_a_member',
      'publish unavailable',
      'send invalid_user',
      'history invalid_cursor',
      'refresh ok',
      'refresh forbidden',
      'refresh unauthenticated',
      'broadcast payload_too_large',
      'broadcast token_expired',
      'broadcast rate_limited',
      'fan-out ok',
    ])
      expect(outcomes).toContain(seen);
    expect(world.program.output).toContain('A push failed');
  });

  it('has lines of JSON, each with the event, the connection, the outcome and the duration', () => {
    const routed = world.program.events.filter(({ route }) => route !== undefined && route !== 'fan-out');

    expect(routed.length).toBeGreaterThan(50);
    for (const event of routed)
      expect(event).toMatchObject({
        time: expect.any(Number),
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        connectionId: expect.stringMatching(/^[\w-]{15}=$/),
        outcome: expect.any(String),
        durationMs: expect.any(Number),
      });
  });

  it('names a publication by one request id, when it is accepted and when it is delivered', () => {
    const delivered = world.program.events.filter(({ route }) => route === 'fan-out');
    const ids = delivered.flatMap(({ requestIds }) => requestIds as string[]);
    const accepted = world.program.events.filter(
      ({ route, outcome }) => route === 'publish' && outcome === 'ok',
    );

    expect(ids.length).toBeGreaterThan(2);
    expect(accepted.filter(({ requestId }) => ids.includes(String(requestId))).length).toBeGreaterThan(0);
  });
});

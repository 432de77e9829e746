import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayWorld } from '../../gateway/support/gateway-world.js';
import { authAndOrder } from './cases/auth-and-order.js';
import { connectionsApi } from './cases/connections-api.js';
import { framesLimits } from './cases/frames-limits.js';
import { handshake } from './cases/handshake.js';
import { integrationResponse } from './cases/integration-response.js';
import { routing } from './cases/routing.js';
import { sdk } from './cases/sdk.js';
import { type ConformanceCase, type ConformanceCheck, conformanceCases } from './conformance-case.js';

const checks = new Map<string, ConformanceCheck>(
  [handshake, routing, integrationResponse, framesLimits, connectionsApi, sdk, authAndOrder].flatMap((area) =>
    Object.entries(area),
  ),
);

/** Cases that are not held against the gateway, with the reason. Those graded `unverified` are never asserted. */
const leftOut = new Map<string, string>([]);

const graded = conformanceCases.filter(({ grade }) => grade !== 'unverified');

const sentence = ({ id, given, expect: expected }: ConformanceCase): string => {
  const text = `${id}: given ${JSON.stringify(given)}, then ${JSON.stringify(expected)}`;
  return text.replaceAll('\\"', "'");
};

describe.each([true, false])(
  'With $disconnect after an aborted upgrade: %s, the gateway conforms',
  (after) => {
    let world: GatewayWorld;
    beforeEach(() => {
      world = new GatewayWorld({ disconnectAfterAbort: after });
    });
    afterEach(() => world.end());

    for (const theCase of graded.filter(({ id }) => !leftOut.has(id))) {
      it(sentence(theCase), async () => {
        const check = checks.get(theCase.id);
        if (!check) throw new Error(`${theCase.id} has neither a check nor a reason to be left out`);

        await check(world, theCase);
      });
    }

    it('gives a reason for each case that it leaves out', () => {
      expect([...leftOut].filter(([, reason]) => reason.length === 0)).toEqual([]);
    });

    it('has only cases that the file grades', () => {
      const known = new Set(graded.map(({ id }) => id));
      expect([...checks.keys(), ...leftOut.keys()].filter((id) => !known.has(id))).toEqual([]);
    });
  },
);

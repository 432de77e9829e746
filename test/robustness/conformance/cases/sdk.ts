import {
  type ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { expect } from '@jest/globals';
import type { CallbackFault } from '../../../../gateway/faults.js';
import { failureOf, type GatewayWorld } from '../../../gateway/support/gateway-world.js';
import type { ConformanceCheck } from '../conformance-case.js';

const post = () => new PostToConnectionCommand({ ConnectionId: 'WY-yKqwlAlxSubM=', Data: 'hi' });

/** A gateway whose callback API always answers like this, and counts the calls. */
const always = async (world: GatewayWorld, answer: CallbackFault['answer']) => {
  const seen = { attempts: 0, arrived: () => {} };
  const callback = () => {
    seen.attempts += 1;
    seen.arrived();
    return { answer };
  };
  return { gateway: await world.start({ faults: { callback } }), seen };
};

const attempted =
  (
    answer: CallbackFault['answer'],
    config: ConstructorParameters<typeof ApiGatewayManagementApiClient>[0] = {},
  ): ConformanceCheck =>
  async (world, { expect: expected }) => {
    const { gateway, seen } = await always(world, answer);
    const error = await failureOf(world.sdk(gateway, config).send(post()));
    expect(seen.attempts).toBe(expected.attempts);
    expect(error).toMatchObject(expected.error ?? { name: expected['error.name'] });
  };

export const sdk: Record<string, ConformanceCheck> = {
  'sdk-05': attempted(429),
  'sdk-09': async (world, theCase) => {
    const { gateway, seen } = await always(world, 'reset');
    const { message } = await failureOf(world.sdk(gateway).send(post()));
    // Under jest an error of Node's own is no instance of the test's Error, so the SDK wraps it into a message.
    expect(seen.attempts).toBe(theCase.expect.attempts);
    expect(message).toContain(theCase.expect.error.name);
    expect(message).toContain(theCase.expect.error.code);
  },
  'sdk-10': async (world) => {
    const { gateway, seen } = await always(world, 'hang');
    const arrival = new Promise<void>((resolve) => {
      seen.arrived = resolve;
    });
    const abort = new AbortController();
    const failure = failureOf(world.sdk(gateway).send(post(), { abortSignal: abort.signal }));
    await arrival;
    abort.abort();
    expect((await failure).name).toBe('AbortError');
    expect(seen.attempts).toBe(1);
  },
  'sdk-12': async (world, theCase) => {
    await attempted('hang', theCase.given.client)(world, theCase);
  },
  'sdk-16': async (world, theCase) => {
    const gateway = await world.start({ stage: 'prod' });
    await failureOf(world.sdk(gateway, { endpoint: `${gateway.callbackUrl}/` }).send(post()));
    const [path] = theCase.expect.path.split('<id>');
    expect(world.calledPaths).toEqual([`${path}${encodeURIComponent('WY-yKqwlAlxSubM=')}`]);
    expect(world.log).toEqual([expect.stringMatching(/ 403$/)]);
  },
};

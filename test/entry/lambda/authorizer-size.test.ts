import { expect, it } from '@jest/globals';
import { EventLog } from '../../../src/entry/event-log.js';
import { createAuthorizer } from '../../../src/entry/lambda/handlers/create-authorizer.js';
import { AuthorizerWorld } from '../../support/worlds/authorizer-world.js';

/** API Gateway's limit, in bytes. */
const ANSWER_BYTES = 8 * 1024;

const LONGEST = '~'.repeat(256);
const ARN = `arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:abcdefghij/${'s'.repeat(128)}/$connect`;

const world = new AuthorizerWorld();

/** The size of the answer to a user with the longest name and so many permissions, or undefined for a refusal. */
const answered = async (count: number): Promise<number | undefined> => {
  const send = Array.from({ length: count }, (_, n) => `${n}`);
  const token = await world.tokenWith({ sub: LONGEST, permissions: { send } });
  const answer = await createAuthorizer(
    world.authorizer(),
    new EventLog('silent'),
  )({
    methodArn: ARN,
    headers: { Authorization: `Bearer ${token}` },
    requestContext: { requestId: 'r', connectionId: 'c' },
  });
  return answer.context && Buffer.byteLength(JSON.stringify(answer));
};

it('The authorizer’s answer fits into 8 KB with the longest user id and the most permissions', async () => {
  let [fits, tooMany] = [0, 1_000];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    if (await answered(count)) fits = count;
    else tooMany = count;
  }

  expect(await answered(fits)).toBeGreaterThan(7 * 1024);
  expect(await answered(fits)).toBeLessThanOrEqual(ANSWER_BYTES);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBProxy } from '../../../support/servers/dynamodb-proxy.js';
import type { Client } from '../../e2e/support/client.js';
import { GuardedWorld } from '../support/guarded-world.js';

const CURSOR = { epoch: 'x', offset: 0 };

const REFUSED: [code: string, frame: string | object][] = [
  ['invalid_json', '{'],
  ['invalid_message', '[]'],
  ['invalid_message', '{}'],
  ['invalid_message', '{"action":"ping","action":"hello"}'],
  ['unknown_action', { action: 'nope' }],
  ['unknown_action', { action: '$connect' }],
  ['invalid_message', { action: 'broadcast', data: 1, from: 'admin' }],
  ['payload_too_large', { action: 'broadcast', data: 'x'.repeat(16_384) }],
  ['invalid_room', { action: 'join', room: '*' }],
  ['invalid_room', { action: 'publish', room: 'a#b', data: 1 }],
  ['invalid_user', { action: 'send', to: '', data: 1 }],
  ['invalid_cursor', { action: 'history', room: '*', since: { epoch: 'x', offset: -1 } }],
  ['not_a_member', { action: 'publish', room: 'elsewhere', data: 1 }],
  ['not_a_member', { action: 'publish', room: 'elsewhere', data: 1, key: 'k' }],
  ['not_a_member', { action: 'history', room: 'elsewhere' }],
  ['not_a_member', { action: 'history', room: '@bob', since: CURSOR }],
  ['not_a_member', { action: 'presence', room: 'elsewhere' }],
  ['not_a_member', { action: 'ping', rooms: ['*', 'elsewhere'] }],
  ['forbidden', { action: 'join', room: 'secret' }],
  ['forbidden', { action: 'join', room: 'secret', since: CURSOR }],
  ['forbidden', { action: 'send', to: 'bob', data: 1 }],
  ['forbidden', { action: 'broadcast', data: 1, key: 'k' }],
  ['forbidden', { action: 'publish', room: 'readonly', data: 1 }],
  ['forbidden', { action: 'history', room: 'readonly' }],
  ['unauthenticated', { action: 'refresh', token: 'nonsense' }],
];

describe('A frame that is refused', () => {
  let dynamodb: DynamoDBProxy;
  let world: GuardedWorld;
  let client: Client;
  let limiterRows: string[];
  beforeAll(async () => {
    dynamodb = await DynamoDBProxy.start();
    const env = { DYNAMODB_ENDPOINT: dynamodb.endpoint, FRAMES_AT_ONCE: '1000', AUTH_SINGLE_USE: 'true' };
    world = await GuardedWorld.start({ env });
    client = await world.connect('mallory', { permissions: { join: ['readonly'] } });
    await client.do('join', { room: 'readonly' });
    limiterRows = [`RATE#CONNECTION#${(await client.do('hello')).connectionId}`, 'RATE#USER#mallory'];
  });
  afterAll(async () => {
    await world.end();
    await dynamodb.stop();
  });

  it.each(REFUSED)('with %s only writes each of its limits’ rows once: %.60j', async (code, frame) => {
    const before = dynamodb.operations.length;
    const answered = client.replies.length;

    client.send(frame);
    await client.until(() => client.replies.length > answered);

    expect(client.replies.at(-1)).toMatchObject({ type: 'error', code });
    const writes = dynamodb.writesSince(before).toSorted((a, b) => (a.pk < b.pk ? -1 : 1));
    expect(writes).toMatchObject(limiterRows.map((pk) => ({ name: 'UpdateItem', pk })));
  });

  it('is never answered twice', async () => {
    const answered = client.replies.length;

    for (const [, frame] of REFUSED) client.send(frame);
    await client.until(() => client.replies.length === answered + REFUSED.length);
    await client.do('ping');

    expect(client.replies).toHaveLength(answered + REFUSED.length + 1);
  });
});

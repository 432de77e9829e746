import { beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBConnectionRepository } from '../../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBHandover } from '../../../src/adapters/dynamodb/log/handover.js';
import { DynamoDBPublicationLog } from '../../../src/adapters/dynamodb/log/publication-log.js';
import { DynamoDBMemberStates } from '../../../src/adapters/dynamodb/member-states.js';
import { DynamoDBRoomRepository } from '../../../src/adapters/dynamodb/room-repository.js';
import { DynamoDBUsedTokens } from '../../../src/adapters/dynamodb/used-tokens.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { DynamoDBProxy, type ProxiedOperation } from '../../support/servers/dynamodb-proxy.js';
import { objectionsTo } from '../../support/wire/wire-objections.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const DAY_MS = 24 * 3_600_000;
const USER = `https://issuer.example/${'u'.repeat(233)}`;
const ROOM = 'r'.repeat(64);
const KEY = 'k'.repeat(64);
const LARGEST = JsonText.of('x'.repeat(16_382));

/** The emulator is always consistent and accepts invalid requests, so the SDK's requests are checked on their way. */
describe('requests to DynamoDB', () => {
  let proxy: DynamoDBProxy;
  const dynamodb = new TestDynamoDB(async () => {
    proxy = await DynamoDBProxy.start();
    return proxy;
  });
  let sent: ProxiedOperation[];
  const kinds = (name: string) => [
    ...new Set(sent.filter((one) => one.name === name).map(({ pk, request }) => kindOf(pk, request))),
  ];

  beforeAll(async () => {
    const connections = await dynamodb.table();
    const messages = await dynamodb.table();
    const before = proxy.operations.length;
    const world = new CountedWorld(connections, messages, { RATE_LIMIT: 'on' });
    const { app, clock } = world;
    const alice = await world.connect(USER);

    const { epoch } = await app.joinRoom.execute(alice, { action: 'join', room: ROOM });
    for (let n = 0; n < 49; n += 1) {
      await app.joinRoom.execute(alice, { action: 'join', room: `${n}`.padEnd(64, 'n') });
      clock.advance(1_000);
    }
    await app.joinRoom.execute(alice, { action: 'join', room: 'too-many' }).catch(() => undefined);
    const publish = { action: 'publish', room: ROOM, data: LARGEST } as const;
    for (const key of [undefined, KEY, KEY])
      await app.publishToRoom.execute(alice, { ...publish, ...(key && { key }) });
    await app.broadcast.execute(alice, { action: 'broadcast', data: LARGEST, key: KEY });
    await app.sendDirectMessage.execute(alice, { action: 'send', to: USER, data: LARGEST, key: KEY });
    await app.admitFrame.execute(alice);
    await app.readHistory.execute(alice, { action: 'history', room: ROOM, since: { epoch, offset: 0 } });
    const said = { room: ROOM, state: JsonText.of('x'.repeat(254)) };
    for (const counter of [2, 1]) await app.setState.execute(alice, { action: 'state', ...said, counter });
    for (const rest of [{}, { after: 'u' }, { verify: true }])
      await app.readPresence.execute(alice, { action: 'presence', room: ROOM, ...rest });
    await app.hello.execute(alice, { action: 'hello', resume: [{ room: ROOM, epoch, offset: 0 }] });
    await app.ping.execute(alice, { action: 'ping', rooms: [ROOM] });
    await app.leaveRoom.execute(alice, { action: 'leave', room: ROOM });

    const repository = new DynamoDBConnectionRepository(connections, clock);
    await repository.renew(alice.connectionId, {
      tokenExpiresAt: clock.now(),
      permissions: 'p'.repeat(2_000),
    });
    await repository.claimExpiryNotice(alice.connectionId, clock.now());
    await repository.find(alice.connectionId);
    const rooms = new DynamoDBRoomRepository(connections, clock);
    await rooms.renew('*', alice.connectionId, { tokenExpiresAt: clock.now() });
    await rooms.count('*', 1);
    for await (const _ of rooms.members('*', { from: 'u' }));
    const gone = { room: 'nowhere', connectionId: 'gone=', expiresAt: clock.now() };
    await new DynamoDBMemberStates(connections).set(gone, { state: JsonText.of(1), counter: 1 });
    await new DynamoDBUsedTokens(connections, clock).use('t'.repeat(256), clock.now());

    const log = new DynamoDBPublicationLog(messages, clock, new SystemRandom());
    const draft = { from: USER, data: LARGEST, key: KEY, requestId: 'request' };
    const { publication } = await log.append(ROOM, draft, { handOver: true });
    await new DynamoDBHandover(messages, new SystemRandom()).handOver(publication);
    clock.advance(8 * DAY_MS);
    await log.append(ROOM, draft);
    clock.advance(DAY_MS);
    await log.append(ROOM, draft);

    await app.disconnectUser.execute(USER);
    await app.disconnect.execute(alice.connectionId);
    await connections.putAll(Array.from({ length: 60 }, (_, n) => ({ pk: 'ROOM#many', sk: `${n}` })));
    sent = proxy.operations.slice(before);
  });

  it('are all valid on AWS, and all reads are consistent', () => {
    const objections = sent.flatMap(({ name, pk, request }) =>
      objectionsTo(name, request).map((objection) => `${name} ${kindOf(pk, request)}: ${objection}`),
    );

    expect([...new Set(objections)]).toEqual([]);
  });

  it('include every operation on every kind of row that a promise depends on', () => {
    expect(kinds('GetItem').sort()).toEqual(['CLAIM', 'CONNECTION', 'LOG', 'MOVED', 'ROOM', 'STATE']);
    expect(kinds('Query').sort()).toEqual(['LOG', 'ROOM', 'STATE']);
    expect(kinds('PutItem').sort()).toEqual(['CLAIM', 'JTI', 'LOG']);
    expect(kinds('UpdateItem').sort()).toEqual(['CONNECTION', 'LOG', 'RATE', 'ROOM', 'STATE']);
    expect(kinds('DeleteItem').sort()).toEqual(['CONNECTION', 'ROOM', 'STATE']);
    expect(sent.some(({ request }) => request.Select === 'COUNT')).toBe(true);
  });

  it('split a batch into parts of 25', () => {
    const batches = sent.filter(({ name }) => name === 'BatchWriteItem').slice(-3);

    expect(
      batches.map(
        ({ request }) => Object.values(request.RequestItems as Record<string, unknown[]>)[0]?.length,
      ),
    ).toEqual([25, 25, 10]);
  });
});

const kindOf = (pk: string, request: Record<string, unknown>): string => {
  const values = Object.values((request.ExpressionAttributeValues ?? {}) as Record<string, { S?: string }>);
  return ((request.KeyConditionExpression ? values[0]?.S : pk) ?? '').split('#')[0] ?? '';
};

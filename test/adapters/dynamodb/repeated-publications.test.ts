import { expect, it } from '@jest/globals';
import { slotKey } from '../../../src/adapters/dynamodb/keys.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const dynamodb = new TestDynamoDB();

it('a repeated publication is marked for the stream again, so that a lost delivery is repeated', async () => {
  const messages = await dynamodb.table();
  const world = new CountedWorld(await dynamodb.table(), messages, { FAN_OUT_INLINE_LIMIT: '0' });
  const alice = await world.connect('alice');
  await world.app.joinRoom.execute(alice, { action: 'join', room: 'lobby' });
  const publish = async () => {
    const data = JsonText.of('x');
    const frame = { action: 'publish', room: 'lobby', data, key: 'key' } as const;
    const { ack } = await world.app.publishToRoom.execute(alice, frame);
    const row = await messages.get(slotKey('lobby', ack.epoch, ack.offset));
    return { offset: ack.offset, mark: row?.fanOut };
  };

  const first = await publish();
  const second = await publish();

  expect(first.mark).toEqual(expect.any(String));
  expect(second.offset).toBe(first.offset);
  expect(second.mark).toEqual(expect.any(String));
  expect(second.mark).not.toBe(first.mark);
});

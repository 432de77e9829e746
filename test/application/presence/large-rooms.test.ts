import { expect, it } from '@jest/globals';
import { ROSTER_USERS } from '../../../protocol/limits.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

it('a user of a large room who leaves with one of two devices is not announced as gone', async () => {
  const world = new InMemoryWorld();
  const first = await world.connect('user-000');
  await world.join('lobby', first);
  for (let n = 1; n < ROSTER_USERS; n += 1)
    await world.join('lobby', await world.connect(`user-${String(n).padStart(3, '0')}`));
  const [zoe, phone] = [await world.connect('zoe'), await world.connect('zoe', 'zoes-phone=')];
  await world.join('lobby', zoe, phone);
  world.received(first);

  await world.app.leaveRoom.execute(zoe, { action: 'leave', room: 'lobby' });

  expect(world.received(first, 'presence')).toEqual([]);
});

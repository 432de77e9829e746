import { afterEach, expect, it, jest } from '@jest/globals';
import { ALL_PERMISSIONS, formatPermissions } from '../../../src/domain/access/permissions.js';
import { connectEvent, messageEvent, routerWorld } from '../../robustness/fuzz/router-world.js';

afterEach(() => {
  jest.restoreAllMocks();
});

it('permissions are parsed once for a frame, however many rooms it names', async () => {
  const world = routerWorld();
  world.clients.open('Alice12345678900=');
  await world.handler(connectEvent('Alice12345678900='));
  const resume = Array.from({ length: 50 }, (_, n) => ({ room: `room-${n}`, epoch: 'e', offset: 1 }));
  const parse = jest.spyOn(JSON, 'parse');

  const { body = '' } = await world.handler(
    messageEvent('hello', JSON.stringify({ action: 'hello', resume }), 'Alice12345678900='),
  );

  const permissions = formatPermissions(ALL_PERMISSIONS);
  expect(parse.mock.calls.filter(([text]) => text === permissions)).toHaveLength(1);
  expect(JSON.parse(body).rooms).toHaveLength(52);
});

import { expect, it } from '@jest/globals';
import { EventLog } from '../../../src/entry/event-log.js';
import { createCountConnections } from '../../../src/entry/lambda/handlers/create-count-connections.js';
import { createRouter } from '../../../src/entry/lambda/handlers/create-router.js';
import { connectEvent, messageEvent, routerWorld } from '../../robustness/fuzz/router-world.js';

const ALICE = 'Alice12345678900=';

const logged = (place?: { namespace: string; stage: string }) => {
  const world = routerWorld();
  const lines: Record<string, unknown>[] = [];
  const log = new EventLog('info', { write: (line: string) => lines.push(JSON.parse(line)) }, place);
  return {
    world,
    lines,
    router: createRouter(world.application, log),
    count: createCountConnections(world.application, log),
  };
};

it('come beside the lines of events if a deployment has a namespace', async () => {
  const { lines, router, count } = logged({ namespace: 'Switchboard/chat-live', stage: 'live' });

  await router(connectEvent(ALICE));
  await count({}, { awsRequestId: 'r' });

  expect(lines.map(({ route, Connects, stage }) => ({ route, Connects, stage }))).toEqual([
    { route: '$connect' },
    { Connects: [1], stage: 'live' },
    { route: 'count-connections' },
  ]);
  expect(lines[2]).toMatchObject({ outcome: 'ok', connections: 1, requestId: 'r' });
});

it('are absent without one, as on a laptop', async () => {
  const { lines, router, world } = logged();
  world.clients.open(ALICE);

  await router(connectEvent(ALICE));
  await router(messageEvent('broadcast', '{"action":"broadcast","data":"x"}', ALICE));

  expect(lines.map(({ route }) => route)).toEqual(['$connect', 'broadcast']);
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { toPublicationRow } from '../../../src/adapters/dynamodb/log/publication-row.js';
import { readStreamRecord } from '../../../src/adapters/dynamodb/log/read-stream-record.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { createAuthorizer } from '../../../src/entry/lambda/handlers/create-authorizer.js';
import { createFanOut } from '../../../src/entry/lambda/handlers/create-fan-out.js';
import { toStreamRecord } from '../../../src/entry/local/stream/stream-record.js';
import { connectEvent, messageEvent, routerWorld } from '../../robustness/fuzz/router-world.js';
import { thresholdOf } from './support/alarms.js';
import { type LogLine, sumOf } from './support/metric-sum.js';

describe('a fault on a laptop', () => {
  const ALICE = 'Alice12345678900=';
  let world: ReturnType<typeof routerWorld>;
  const broadcast = () =>
    world.handler(messageEvent('broadcast', '{"action":"broadcast","data":"x"}', ALICE));

  beforeEach(async () => {
    world = routerWorld();
    world.clients.open(ALICE);
    await world.handler(connectEvent(ALICE));
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('fires nothing when there is none', async () => {
    await broadcast();

    expect(sumOf('PushesDelivered', 'RouterLogGroup', world.lines)).toBe(1);
    for (const metric of ['PushesFailed', 'IncompleteFanOuts', 'Bugs'])
      expect([metric, sumOf(metric, 'RouterLogGroup', world.lines)]).toEqual([metric, 0]);
  });

  it('fires PushFailures when pushes fail', async () => {
    jest.spyOn(world.clients, 'send').mockResolvedValue('failed');

    await broadcast();

    const failed = sumOf('PushesFailed', 'RouterLogGroup', world.lines);
    const delivered = sumOf('PushesDelivered', 'RouterLogGroup', world.lines);
    expect((100 * failed) / (failed + delivered)).toBeGreaterThan(thresholdOf('PushFailures'));
  });

  it('fires Bugs on an unexpected error', async () => {
    jest.spyOn(world.application.broadcast, 'execute').mockRejectedValue(new Error('a bug'));

    await broadcast();

    expect(sumOf('Bugs', 'RouterLogGroup', world.lines)).toBeGreaterThan(thresholdOf('Bugs'));
  });

  it('fires ConnectRefusals when many are refused', async () => {
    const log = new EventLog('info', { write: (line: string) => world.lines.push(JSON.parse(line)) });
    const authorize = createAuthorizer(world.application.authorizeConnection, log);
    const { requestContext } = connectEvent();
    const event = {
      methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/dev/$connect',
      requestContext,
      queryStringParameters: { userId: 'bob#admin' },
    };

    for (let count = 0; count <= thresholdOf('ConnectRefusals'); count += 1)
      await authorize(event).catch(() => undefined);

    expect(sumOf('ConnectsRefused', 'AuthorizerLogGroup', world.lines)).toBeGreaterThan(
      thresholdOf('ConnectRefusals'),
    );
  });

  it('fires ConnectRefusals when many have too many connections', async () => {
    jest.spyOn(world.application.connect, 'execute').mockResolvedValue('connection_limit');

    for (let count = 0; count <= thresholdOf('ConnectRefusals'); count += 1)
      await world.handler(connectEvent());

    expect(sumOf('ConnectsRefused', 'RouterLogGroup', world.lines)).toBeGreaterThan(
      thresholdOf('ConnectRefusals'),
    );
  });

  it('fires IncompleteFanOut when time runs out', async () => {
    for (let member = 0; member < 100; member += 1)
      await world.handler(connectEvent(`Member${String(member).padStart(9, '0')}=`));
    const begun = Date.now();
    let passed = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => begun + passed);
    jest.spyOn(world.clients, 'send').mockImplementation(async () => {
      passed = 120_000;
      return 'delivered';
    });
    const lines: LogLine[] = [];
    const log = new EventLog('info', { write: (line: string) => lines.push(JSON.parse(line)) });
    const row = toPublicationRow(
      { room: '*', epoch: '1760000000000-abcdef', offset: 1 },
      { from: 'bob', data: JsonText.of(1), requestId: 'r' },
      { id: 'p', at: Date.now(), expiresAt: begun + 600_000, handOver: true },
    );
    const record = toStreamRecord({ eventName: 'INSERT', key: row, newImage: row }, 1, 'messages');

    await createFanOut(
      world.application,
      readStreamRecord,
      log,
    )({ Records: [record] }, { getRemainingTimeInMillis: () => 120_000 });

    expect(sumOf('IncompleteFanOuts', 'FanOutLogGroup', lines)).toBeGreaterThan(
      thresholdOf('IncompleteFanOut'),
    );
  });
});

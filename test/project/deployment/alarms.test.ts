import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { toPublicationRow } from '../../../src/adapters/dynamodb/log/publication-row.js';
import { readStreamRecord } from '../../../src/adapters/dynamodb/log/read-stream-record.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { createAuthorizer } from '../../../src/entry/lambda/handlers/create-authorizer.js';
import { createFanOut } from '../../../src/entry/lambda/handlers/create-fan-out.js';
import { toStreamRecord } from '../../../src/entry/local/stream/stream-record.js';
import { METRIC_UNITS } from '../../../src/entry/metrics/metric-names.js';
import { connectEvent, messageEvent, routerWorld } from '../../robustness/fuzz/router-world.js';
import { REPOSITORY } from '../docs/support/documents.js';
import { matchesPattern, valueAt } from './support/filter-pattern.js';
import type { Resource } from './support/stack.js';

const require = createRequire(import.meta.url);
const {
  alarmResources,
}: {
  alarmResources(stage: string, actions: unknown[], quota: number): Record<string, Resource>;
} = require('../../../deploy/resources/alarms.cjs');
const { LINE_METRICS }: { LINE_METRICS: object } = require('../../../deploy/metrics/line-metrics.cjs');

const resources = alarmResources('live', ['arn:aws:sns:eu-west-1:123456789012:alarms'], 10_000);
interface Watched {
  Namespace?: unknown;
  MetricName?: string;
  Dimensions?: { Name: string }[];
}

const of = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
const alarms = of('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => ({
  id: id.replace(/Alarm$/, ''),
  ...(Properties as {
    Namespace?: unknown;
    MetricName?: string;
    Dimensions?: { Name: string }[];
    Metrics?: { MetricStat?: { Metric: Watched } }[];
    Threshold: number;
    TreatMissingData: string;
    AlarmActions: unknown[];
  }),
}));
const filters = of('AWS::Logs::MetricFilter').map(([, { Properties }]) => {
  const { LogGroupName, FilterPattern, MetricTransformations } = Properties as {
    LogGroupName: { Ref: string };
    FilterPattern: string;
    MetricTransformations: { MetricName: string; MetricValue: string }[];
  };
  return { group: LogGroupName.Ref, pattern: FilterPattern, ...MetricTransformations[0] };
});

/** Metrics that AWS publishes, with their dimensions, from its documentation: nothing here fires these alarms. */
const PUBLISHED: Record<string, string[]> = {
  'AWS/Lambda Errors': ['FunctionName'],
  'AWS/Lambda Throttles': ['FunctionName'],
  'AWS/Lambda IteratorAge': ['FunctionName'],
  'AWS/ApiGateway IntegrationError': ['ApiId', 'Stage'],
  'AWS/ApiGateway MessageCount': ['ApiId', 'Stage'],
  'AWS/ApiGateway ConnectCount': ['ApiId', 'Stage'],
  'AWS/DynamoDB ReadThrottleEvents': ['TableName'],
  'AWS/DynamoDB WriteThrottleEvents': ['TableName'],
  'AWS/SQS ApproximateAgeOfOldestMessage': ['QueueName'],
  'AWS/SQS ApproximateNumberOfMessagesVisible': ['QueueName'],
  'AWS/S3 NumberOfObjects': ['BucketName', 'StorageType'],
};

type Line = Record<string, unknown>;

/** The sum of a metric over lines of one log group, as its filter reads them. */
const sumOf = (metric: string, group: string, lines: readonly Line[]): number =>
  filters
    .filter((filter) => filter.MetricName === metric && filter.group === group)
    .flatMap(({ pattern, MetricValue = '' }) =>
      lines
        .filter((line) => matchesPattern(pattern, line))
        .map((line) => Number(MetricValue.startsWith('$') ? valueAt(MetricValue, line) : MetricValue)),
    )
    .reduce((total, value) => total + value, 0);

const thresholdOf = (id: string): number => alarms.find((alarm) => alarm.id === id)?.Threshold ?? Number.NaN;

describe('alarms', () => {
  it('watch metrics that AWS publishes, by the dimensions that it publishes them with', () => {
    const watched = alarms
      .flatMap(({ id, Metrics, ...own }): (Watched & { id: string })[] =>
        Metrics
          ? Metrics.flatMap(({ MetricStat }) => (MetricStat ? { id, ...MetricStat.Metric } : []))
          : [{ id, ...own }],
      )
      .filter(({ Namespace }) => typeof Namespace === 'string');

    expect(watched.length).toBeGreaterThan(0);
    for (const { id, Namespace, MetricName, Dimensions = [] } of watched)
      expect([id, PUBLISHED[`${Namespace} ${MetricName}`]]).toEqual([id, Dimensions.map(({ Name }) => Name)]);
  });

  it('are silent while a metric has no value, and notify when it has one', () => {
    for (const { TreatMissingData, AlarmActions } of alarms)
      expect({ TreatMissingData, AlarmActions }).toEqual({
        TreatMissingData: 'notBreaching',
        AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms'],
      });
  });

  it('and metrics of functions are at most 15 metrics of our own', () => {
    const own = [...Object.keys(LINE_METRICS), ...Object.keys(METRIC_UNITS)];

    expect(new Set(own).size).toBe(own.length);
    expect(own.length).toBeLessThanOrEqual(15);
  });

  it.each([
    ['eu-west-1', 10_000],
    ['eu-south-2', 2_500],
  ])('know that a new account has in %s %i requests a second', (region, quota) => {
    expect(require('../../../deploy/functions/request-quota.cjs').requestQuotaOf(region)).toBe(quota);
  });

  it('fire at four fifths of these', () => {
    expect(thresholdOf('RequestQuota')).toBe(8_000);
  });

  it('are all on the page for operators, and no others', () => {
    const page = readFileSync(join(REPOSITORY, 'docs/operations.md'), 'utf8');
    const section = page.split('\n## Alarms\n')[1]?.split('\n## ')[0] ?? '';
    const described = [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );

    expect(described.sort()).toEqual(alarms.map(({ id }) => id).sort());
  });
});

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
    const lines: Line[] = [];
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

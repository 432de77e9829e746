import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { METRIC_UNITS } from '../../../src/entry/metrics/metric-names.js';
import { REPOSITORY } from '../docs/support/documents.js';
import { alarms, TOPIC, thresholdOf, type Watched } from './support/alarms.js';

const require = createRequire(import.meta.url);
const { LINE_METRICS }: { LINE_METRICS: object } = require('../../../deploy/metrics/line-metrics.cjs');

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
        AlarmActions: [TOPIC],
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

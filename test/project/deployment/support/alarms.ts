import { createRequire } from 'node:module';
import type { Resource } from './stack.js';

const {
  alarmResources,
}: {
  alarmResources(stage: string, actions: unknown[], quota: number): Record<string, Resource>;
} = createRequire(import.meta.url)('../../../../deploy/resources/alarms.cjs');

export interface Watched {
  Namespace?: unknown;
  MetricName?: string;
  Dimensions?: { Name: string }[];
}

/** Where they notify. */
export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';

const resources = alarmResources('live', [TOPIC], 10_000);

export const resourcesOf = (type: string) =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

/** The alarms of a stage called `live`. */
export const alarms = resourcesOf('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => ({
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

export const thresholdOf = (id: string): number =>
  alarms.find((alarm) => alarm.id === id)?.Threshold ?? Number.NaN;

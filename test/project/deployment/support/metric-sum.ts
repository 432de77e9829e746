import { resourcesOf } from './alarms.js';
import { matchesPattern, valueAt } from './filter-pattern.js';

const filters = resourcesOf('AWS::Logs::MetricFilter').map(([, { Properties }]) => {
  const { LogGroupName, FilterPattern, MetricTransformations } = Properties as {
    LogGroupName: { Ref: string };
    FilterPattern: string;
    MetricTransformations: { MetricName: string; MetricValue: string }[];
  };
  return { group: LogGroupName.Ref, pattern: FilterPattern, ...MetricTransformations[0] };
});

export type LogLine = Record<string, unknown>;

/** The sum of a metric over lines of one log group, as its filter reads them. */
export const sumOf = (metric: string, group: string, lines: readonly LogLine[]): number =>
  filters
    .filter((filter) => filter.MetricName === metric && filter.group === group)
    .flatMap(({ pattern, MetricValue = '' }) =>
      lines
        .filter((line) => matchesPattern(pattern, line))
        .map((line) => Number(MetricValue.startsWith('$') ? valueAt(MetricValue, line) : MetricValue)),
    )
    .reduce((total, value) => total + value, 0);

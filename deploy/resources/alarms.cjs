const { functionsOf } = require('../functions.cjs');
const { LINE_METRICS } = require('../line-metrics.cjs');
const { functionId } = require('../logical-id.cjs');
const alarmActions = require('../alarm-actions.cjs');
const readStage = require('../stage.cjs');

/** Only where the stage's file says whom to notify: each alarm and each metric costs money. */
module.exports = async (framework) => {
  const stage = await readStage(framework);
  if (!stage.alarms) return {};
  return { Resources: alarmResources(stage.name, await alarmActions(framework), stage.store) };
};

const alarmResources = (stage, actions, store = 'dynamodb') => ({
  ...Object.fromEntries(
    Object.entries(LINE_METRICS).flatMap((metric) => filtersOf(metric, functionsOf({ store }))),
  ),
  ...Object.fromEntries(
    Object.entries(alarmsOf(stage, store)).map(([id, properties]) => [
      `${id}Alarm`,
      {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmDescription: `docs/operations.md#alarms: ${id}`,
          EvaluationPeriods: 1,
          // Most of these metrics have no value while nothing goes wrong.
          TreatMissingData: 'notBreaching',
          ...properties,
          AlarmActions: actions,
          OKActions: actions,
        },
      },
    ]),
  ),
});

module.exports.alarmResources = alarmResources;

const filtersOf = ([metric, { of, pattern, value }], functions) =>
  of.filter((name) => functions.includes(name)).map((name) => [
    `${metric}In${name[0].toUpperCase()}${name.slice(1)}`,
    {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: `${name[0].toUpperCase()}${name.slice(1)}LogGroup` },
        FilterPattern: pattern,
        MetricTransformations: [
          { MetricNamespace: NAMESPACE, MetricName: metric, MetricValue: value },
        ],
      },
    },
  ]);

/** One for each stack: metric filters may add no dimension that is not in the line. */
const NAMESPACE = { 'Fn::Sub': 'Switchboard/${AWS::StackName}' };

const above = (Threshold) => ({ ComparisonOperator: 'GreaterThanThreshold', Threshold });

const metric = (Namespace, MetricName, dimensions, Statistic = 'Sum', Period = 300) => ({
  Namespace,
  MetricName,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  Statistic,
  Period,
});

const ofFunction = (name, metricName, statistic) =>
  metric('AWS/Lambda', metricName, { FunctionName: { Ref: functionId(name) } }, statistic);

const ofTable = (id, metricName) => metric('AWS/DynamoDB', metricName, { TableName: { Ref: id } });

const ofLines = (metricName) => metric(NAMESPACE, metricName, {});

const each = (functions, suffix, build) =>
  Object.fromEntries(
    functions.map((name) => [`${name[0].toUpperCase()}${name.slice(1)}${suffix}`, build(name)]),
  );

const alarmsOf = (stage, store) => ({
  ...each(functionsOf({ store }), 'Errors', (name) => ({ ...ofFunction(name, 'Errors'), ...above(0) })),
  ...each(functionsOf({ store }), 'Throttles', (name) => ({ ...ofFunction(name, 'Throttles'), ...above(0) })),
  ...(store === 'dynamodb' && ofDynamoDB()),
  IntegrationErrors: {
    ...metric('AWS/ApiGateway', 'IntegrationError', { ApiId: { Ref: 'WebsocketsApi' }, Stage: stage }),
    ...above(0),
  },
  Bugs: { ...ofLines('Bugs'), ...above(0) },
  ConnectRefusals: { ...ofLines('ConnectsRefused'), ...above(100) },
  PushFailures: {
    ...above(5),
    Metrics: [
      stat('failed', 'PushesFailed'),
      stat('delivered', 'PushesDelivered'),
      {
        Id: 'share',
        Label: 'Failed pushes in percent',
        Expression: '100 * failed / (failed + FILL(delivered, 0))',
      },
    ],
  },
});

/** The stream, what it gave up on, and the tables. */
const ofDynamoDB = () => ({
  FanOutAge: { ...ofFunction('fanOut', 'IteratorAge', 'Maximum'), ...above(60_000) },
  IncompleteFanOut: { ...ofLines('IncompleteFanOuts'), ...above(0) },
  ConnectionsReadThrottles: { ...ofTable('ConnectionsTable', 'ReadThrottleEvents'), ...above(0) },
  ConnectionsWriteThrottles: { ...ofTable('ConnectionsTable', 'WriteThrottleEvents'), ...above(0) },
  MessagesReadThrottles: { ...ofTable('MessagesTable', 'ReadThrottleEvents'), ...above(0) },
  MessagesWriteThrottles: { ...ofTable('MessagesTable', 'WriteThrottleEvents'), ...above(0) },
  // S3 counts once a day.
  FailuresKept: {
    ...metric(
      'AWS/S3',
      'NumberOfObjects',
      { BucketName: { Ref: 'FanOutFailures' }, StorageType: 'AllStorageTypes' },
      'Maximum',
      86_400,
    ),
    ...above(0),
  },
});

const stat = (Id, MetricName) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: NAMESPACE, MetricName }, Period: 300, Stat: 'Sum' },
});

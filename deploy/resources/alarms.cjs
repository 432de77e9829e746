const { functionsOf } = require('../functions/functions.cjs');
const { LINE_METRICS } = require('../metrics/line-metrics.cjs');
const { functionId } = require('./logical-id.cjs');
const alarmActions = require('../metrics/alarm-actions.cjs');
const { NAMESPACE } = require('../metrics/metrics.cjs');
const requestQuota = require('../functions/request-quota.cjs');
const readStage = require('../settings/stage.cjs');

/** Only if the stage's file has `alarms`: each alarm and each metric costs money. */
module.exports = async (framework) => {
  const stage = await readStage(framework);
  if (!stage.alarms) return {};
  const quota = await requestQuota(framework);
  return { Resources: alarmResources(stage.name, await alarmActions(framework), quota, stage.store) };
};

const alarmResources = (stage, actions, quota, store = 'dynamodb') => ({
  ...Object.fromEntries(
    Object.entries(LINE_METRICS).flatMap((metric) => filtersOf(metric, functionsOf({ store }))),
  ),
  ...Object.fromEntries(
    Object.entries(alarmsOf(stage, quota, store)).map(([id, properties]) => [
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

const above = (Threshold) => ({ ComparisonOperator: 'GreaterThanThreshold', Threshold });

const dimensions = (values) => Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

const metric = (Namespace, MetricName, values, Statistic = 'Sum', Period = 300) => ({
  Namespace,
  MetricName,
  Dimensions: dimensions(values),
  Statistic,
  Period,
});

const ofFunction = (name, metricName, statistic) =>
  metric('AWS/Lambda', metricName, { FunctionName: { Ref: functionId(name) } }, statistic);

const ofApi = (MetricName, stage) => ({
  Namespace: 'AWS/ApiGateway',
  MetricName,
  Dimensions: dimensions({ ApiId: { Ref: 'WebsocketsApi' }, Stage: stage }),
});

const ofTable = (id, metricName) => metric('AWS/DynamoDB', metricName, { TableName: { Ref: id } });

const ofQueue = (id, metricName) =>
  metric('AWS/SQS', metricName, { QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } }, 'Maximum');

const ofLines = (metricName) => metric(NAMESPACE, metricName, {});

const each = (functions, suffix, build) =>
  Object.fromEntries(
    functions.map((name) => [`${name[0].toUpperCase()}${name.slice(1)}${suffix}`, build(name)]),
  );

const alarmsOf = (stage, quota, store) => ({
  ...each(functionsOf({ store }), 'Errors', (name) => ({ ...ofFunction(name, 'Errors'), ...above(0) })),
  ...each(functionsOf({ store }), 'Throttles', (name) => ({ ...ofFunction(name, 'Throttles'), ...above(0) })),
  ...(store === 'dynamodb' && ofDynamoDB()),
  IntegrationErrors: {
    ...ofApi('IntegrationError', stage),
    Statistic: 'Sum',
    Period: 300,
    ...above(0),
  },
  // The allowed age of the oldest piece, in seconds.
  PiecesAge: { ...ofQueue('PieceQueue', 'ApproximateAgeOfOldestMessage'), ...above(60) },
  PiecesGivenUp: { ...ofQueue('PieceFailures', 'ApproximateNumberOfMessagesVisible'), ...above(0) },
  Bugs: { ...ofLines('Bugs'), ...above(0) },
  ConnectRefusals: { ...ofLines('ConnectsRefused'), ...above(100) },
  // Each message to or from a client is a request, and so is each handshake. A minute's mean: shorter peaks are throttled
  // unseen.
  RequestQuota: {
    ...above(quota * 0.8),
    Metrics: [
      stat('messages', ofApi('MessageCount', stage), 60),
      stat('connects', ofApi('ConnectCount', stage), 60),
      {
        Id: 'requests',
        Label: 'Requests a second',
        Expression: '(FILL(messages, 0) + FILL(connects, 0)) / 60',
      },
    ],
  },
  PushFailures: {
    ...above(5),
    Metrics: [
      stat('failed', { Namespace: NAMESPACE, MetricName: 'PushesFailed' }),
      stat('delivered', { Namespace: NAMESPACE, MetricName: 'PushesDelivered' }),
      {
        Id: 'share',
        Label: 'Failed pushes in percent',
        Expression: '100 * failed / (failed + FILL(delivered, 0))',
      },
    ],
  },
});

/** The stream, its failures, and the tables. */
const ofDynamoDB = () => ({
  IncompleteFanOut: { ...ofLines('IncompleteFanOuts'), ...above(0) },
  FanOutAge: { ...ofFunction('fanOut', 'IteratorAge', 'Maximum'), ...above(60_000) },
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

const stat = (Id, Metric, Period = 300) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric, Period, Stat: 'Sum' },
});

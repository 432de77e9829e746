const { functionsOf } = require('../functions/functions.cjs');
const { LINE_METRICS } = require('../metrics/line-metrics.cjs');
const readMetrics = require('../metrics/metrics.cjs');
const readStage = require('../settings/stage.cjs');

/** Only in a stage with metrics or alarms: otherwise there is too little to show. */
module.exports = async (framework) => {
  const stage = await readStage(framework);
  const metrics = await readMetrics(framework);
  if (!stage.alarms && !metrics.on) return {};
  const functions = functionsOf(stage);
  const graphs = [
    ...ofAws(stage.name, functions),
    ...(metrics.on ? ofMetrics(stage.name, functions) : []),
    ...(stage.alarms ? ofAlarms(functions) : []),
  ];
  const widgets = [...graphs, ...queries(functions)];
  return {
    Resources: {
      Dashboard: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: {
          DashboardName: { Ref: 'AWS::StackName' },
          DashboardBody: { 'Fn::Sub': JSON.stringify({ widgets }) },
        },
      },
    },
    Outputs: { Dashboard: { Description: 'Name of the dashboard', Value: { Ref: 'Dashboard' } } },
  };
};

const REGION = '${AWS::Region}';
const OWN = 'Switchboard/${AWS::StackName}';

const logs = (functions) => functions.map((id) => `SOURCE '\${${id[0].toUpperCase()}${id.slice(1)}LogGroup}'`).join(' | ');

const ofAws = (stage, functions) => [
  graph('Connections and messages', ['ConnectCount', 'MessageCount', 'IntegrationError'].map((metric) => [
    'AWS/ApiGateway', metric, 'ApiId', '${WebsocketsApi}', 'Stage', stage,
  ])),
  graph('Errors of functions', functions.map((id) => [
    'AWS/Lambda', 'Errors', 'FunctionName', `\${${id[0].toUpperCase()}${id.slice(1)}LambdaFunction}`,
  ])),
  ...(functions.includes('fanOut') ? [ageOfStream()] : []),
  graph('Age of pieces in seconds', [
    ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', '${PieceQueue.QueueName}', { stat: 'Maximum' }],
  ]),
];

const ageOfStream = () =>
  graph('Age of the stream in ms', [
    ['AWS/Lambda', 'IteratorAge', 'FunctionName', '${FanOutLambdaFunction}', { stat: 'Maximum' }],
  ]);

/** The metrics of the functions, by their only dimension. */
const ofMetrics = (stage, functions) => {
  const own = (metric, how = {}) => [OWN, metric, 'stage', stage, how];
  return [
    ...(functions.includes('countConnections')
      ? [graph('Connections known', [own('ConnectionsKnown', { stat: 'Maximum' })])]
      : []),
    graph('Coming and going', [own('Connects'), own('Disconnects')]),
    graph('Frames', [own('Frames'), own('FramesRefused'), own('Publications')]),
    graph('Time of a frame in ms', [own('FrameTime', { stat: 'p50' }), own('FrameTime', { stat: 'p99' })]),
    graph('Pushes in vain', [own('PushesGone'), own('PushesExpired')]),
  ];
};

/** The metrics that the filters of the alarms read from log lines. */
const ofAlarms = (functions) => [graph('From log lines', lineMetrics(functions).map((metric) => [OWN, metric]))];

const lineMetrics = (functions) =>
  Object.keys(LINE_METRICS).filter((metric) => LINE_METRICS[metric].of.some((name) => functions.includes(name)));

const queries = (functions) => [
  query(functions, 'Routes and outcomes', [
    'filter ispresent(route)',
    'stats count() as events, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99 by route, outcome',
    'sort events desc',
  ]),
  query(functions, 'Bugs', [
    'filter level >= 50',
    'fields @timestamp, route, requestId, error.name',
    'sort @timestamp desc',
    'limit 20',
  ]),
];

const graph = (title, metrics) => ({
  type: 'metric',
  width: 12,
  height: 6,
  properties: { title, region: REGION, metrics, stat: 'Sum', period: 300, view: 'timeSeries' },
});

const query = (functions, title, commands) => ({
  type: 'log',
  width: 24,
  height: 6,
  properties: { title, region: REGION, query: [logs(functions), ...commands].join(' | '), view: 'table' },
});

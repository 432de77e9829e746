const { functionsOf } = require('../functions.cjs');
const { LINE_METRICS } = require('../line-metrics.cjs');
const readStage = require('../stage.cjs');

/** Beside the alarms: without `alarms`, there are no metrics of log lines to show. */
module.exports = async (framework) => {
  const stage = await readStage(framework);
  if (!stage.alarms) return {};
  return {
    Resources: {
      Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: { Ref: 'AWS::StackName' }, DashboardBody: body(stage) } },
    },
    Outputs: { Dashboard: { Description: 'Name of the dashboard', Value: { Ref: 'Dashboard' } } },
  };
};

const REGION = '${AWS::Region}';
const logs = (functions) => functions.map((id) => `SOURCE '\${${id[0].toUpperCase()}${id.slice(1)}LogGroup}'`).join(' | ');

const body = (stage) => ({ 'Fn::Sub': JSON.stringify({ widgets: widgets(stage.name, functionsOf(stage)) }) });

const widgets = (stage, functions) => [
  graph('Connections and messages', ['ConnectCount', 'MessageCount', 'IntegrationError'].map((metric) => [
    'AWS/ApiGateway', metric, 'ApiId', '${WebsocketsApi}', 'Stage', stage,
  ])),
  graph('Errors of functions', functions.map((id) => [
    'AWS/Lambda', 'Errors', 'FunctionName', `\${${id[0].toUpperCase()}${id.slice(1)}LambdaFunction}`,
  ])),
  graph('From log lines', lineMetrics(functions).map((metric) => ['Switchboard/${AWS::StackName}', metric])),
  ...(functions.includes('fanOut') ? [ageOfStream()] : []),
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

const lineMetrics = (functions) =>
  Object.keys(LINE_METRICS).filter((metric) => LINE_METRICS[metric].of.some((name) => functions.includes(name)));

const ageOfStream = () =>
  graph('Age of the stream in ms', [
    ['AWS/Lambda', 'IteratorAge', 'FunctionName', '${FanOutLambdaFunction}', { stat: 'Maximum' }],
  ]);

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

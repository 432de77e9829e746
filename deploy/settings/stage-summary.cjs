const { notes } = require('../mysql/notes.cjs');
const readStage = require('./stage.cjs');

/** Prints what is on and off in the stage that was packaged, and where the result is. */
module.exports = class StageSummary {
  constructor(serverless, options, { writeText }) {
    const read = async () => {
      const stage = await readStage({ resolveVariable: async () => serverless.service.provider.stage });
      return { ...stage, metrics: metricsParam(options) ?? stage.metrics };
    };
    const folder = options.package || '.serverless';
    this.hooks = {
      'after:package:finalize': async () =>
        writeText(summary(await read(), serverless.service.provider, folder)),
    };
  }
};

const metricsParam = ({ param = [] }) =>
  [param].flat().find((one) => one.startsWith('metrics='))?.slice('metrics='.length);

const summary = (stage, { region }, folder) => {
  const rows = Object.entries(switches(stage)).map(([name, value]) => `  ${name.padEnd(24)}${value}`);
  return [
    `Stage ${stage.name} of ${stage.service} in ${region}, as ${stage.path} says`,
    ...rows,
    `Packaged in ${folder}: cloudformation-template-update-stack.json, and an archive for each function`,
  ].join('\n');
};

const switches = ({ settings, domain, alarms, ...stage }) => ({
  'who may connect':
    settings.AUTH_MODE === 'guest' ? 'anyone, under any name' : `tokens of ${settings.AUTH_ISSUER}`,
  'pages that may connect': settings.ALLOWED_ORIGINS || 'any',
  'rate limits': settings.RATE_LIMIT,
  'throttle of a route': `${stage.throttle.rate} a second, ${stage.throttle.burst} at once`,
  'routes of their own': list(Object.keys(stage.routes)),
  'reserved concurrency': list(Object.entries(stage.reservedConcurrency).map((pair) => pair.join(' '))),
  metrics: stage.metrics,
  'access logs': stage.accessLogs,
  tracing: stage.tracing,
  'custom domain': domain ? `${domain.name}/${domain.path}` : 'off',
  'execute-api address': domain?.only === 'on' ? 'off' : 'on',
  'notice of alarms': alarms ? (alarms.email ?? alarms.topic) : 'off',
  ...notes({ ...stage, settings }),
  'data after `sls remove`': dataAfterwards(stage),
});

const dataAfterwards = ({ store, keepsData }) =>
  store === 'mysql' || keepsData ? 'kept' : 'deleted';

const list = (names) => (names.length > 0 ? names.join(', ') : 'none');

const readMetrics = require('./metrics.cjs');
const readStage = require('./stage.cjs');

/** The variables of every function. */
module.exports = async (framework) => {
  const { name, settings } = await readStage(framework);
  const metrics = await readMetrics(framework);
  return {
    CONNECTIONS_TABLE: { Ref: 'ConnectionsTable' },
    MESSAGES_TABLE: { Ref: 'MessagesTable' },
    CALLBACK_URL: await framework.resolveVariable('file(deploy/callback-url.cjs)'),
    STAGE: name,
    ...(metrics.on && { METRICS_NAMESPACE: metrics.namespace }),
    ...settings,
  };
};

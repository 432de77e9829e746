const readMetrics = require('../metrics/metrics.cjs');
const { environment } = require('../mysql/environment.cjs');
const { pushesPerSecond } = require('./pushes-per-second.cjs');
const requestQuota = require('./request-quota.cjs');
const readStage = require('../settings/stage.cjs');

const TABLES = { CONNECTIONS_TABLE: { Ref: 'ConnectionsTable' }, MESSAGES_TABLE: { Ref: 'MessagesTable' } };

/** The variables of every function. */
module.exports = async (framework) => {
  const { name, settings, store, mysql, piecesAtOnce } = await readStage(framework);
  const metrics = await readMetrics(framework);
  return {
    ...(store === 'mysql' ? environment(mysql) : TABLES),
    CALLBACK_URL: await framework.resolveVariable('file(deploy/functions/callback-url.cjs)'),
    PIECE_QUEUE_URL: { Ref: 'PieceQueue' },
    PIECE_FAILURES_URL: { Ref: 'PieceFailures' },
    PIECES_AT_ONCE: String(piecesAtOnce),
    STAGE: name,
    ...(metrics.on && { METRICS_NAMESPACE: metrics.namespace }),
    ...settings,
    PUSHES_PER_SECOND: settings.PUSHES_PER_SECOND || pushesPerSecond(await requestQuota(framework)),
  };
};

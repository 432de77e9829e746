const { environment } = require('./mysql/environment.cjs');
const { pushesPerSecond } = require('./pushes-per-second.cjs');
const readStage = require('./stage.cjs');

const TABLES = { CONNECTIONS_TABLE: { Ref: 'ConnectionsTable' }, MESSAGES_TABLE: { Ref: 'MessagesTable' } };

/** The variables of every function. */
module.exports = async (framework) => {
  const { name, settings, store, mysql, piecesAtOnce } = await readStage(framework);
  const region = await framework.resolveVariable('self:provider.region');
  return {
    ...(store === 'mysql' ? environment(mysql) : TABLES),
    CALLBACK_URL: await framework.resolveVariable('file(deploy/callback-url.cjs)'),
    PIECE_QUEUE_URL: { Ref: 'PieceQueue' },
    PIECE_FAILURES_URL: { Ref: 'PieceFailures' },
    PIECES_AT_ONCE: String(piecesAtOnce),
    STAGE: name,
    ...settings,
    PUSHES_PER_SECOND: settings.PUSHES_PER_SECOND || pushesPerSecond(region),
  };
};

const { environment } = require('./mysql/environment.cjs');
const readStage = require('./stage.cjs');

const TABLES = { CONNECTIONS_TABLE: { Ref: 'ConnectionsTable' }, MESSAGES_TABLE: { Ref: 'MessagesTable' } };

/** The variables of every function. */
module.exports = async (framework) => {
  const { name, settings, store, mysql } = await readStage(framework);
  return {
    ...(store === 'mysql' ? environment(mysql) : TABLES),
    CALLBACK_URL: await framework.resolveVariable('file(deploy/callback-url.cjs)'),
    STAGE: name,
    ...settings,
  };
};

const readStage = require('./stage.cjs');

/** The variables of every function. */
module.exports = async (framework) => {
  const { name, settings } = await readStage(framework);
  return {
    CONNECTIONS_TABLE: { Ref: 'ConnectionsTable' },
    MESSAGES_TABLE: { Ref: 'MessagesTable' },
    CALLBACK_URL: await framework.resolveVariable('file(deploy/callback-url.cjs)'),
    STAGE: name,
    ...settings,
  };
};

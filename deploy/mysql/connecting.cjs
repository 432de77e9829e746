const { functionsOf } = require('../functions/functions.cjs');

/** The functions of a stage that connect to MySQL. The authorizer does only if each token works once. */
exports.connecting = (stage) =>
  functionsOf(stage).filter(
    (name) => name !== 'authorizer' || stage.settings.AUTH_SINGLE_USE === 'true',
  );

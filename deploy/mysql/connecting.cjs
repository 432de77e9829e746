const { functionsOf } = require('../functions/functions.cjs');

/** The functions of a stage that connect to MySQL. An authorizer has something to store only where a token is good once. */
exports.connecting = (stage) =>
  functionsOf(stage).filter(
    (name) => name !== 'authorizer' || stage.settings.AUTH_SINGLE_USE === 'true',
  );

const { FUNCTIONS, functionsOf } = require('../functions/functions.cjs');
const { refusal } = require('../settings/refusal.cjs');
const { connecting } = require('./connecting.cjs');

/** Refuses a stage file whose store contradicts its other settings. */
exports.checkStage = (stage) => {
  const { path, store, mysql, reservedConcurrency, parallelFanOut } = stage;
  const refuse = (line) => {
    throw refusal(`${path}: ${line}`);
  };
  const foreign = FUNCTIONS.find((name) => name in reservedConcurrency && !functionsOf(stage).includes(name));
  if (foreign) refuse(`reservedConcurrency.${foreign} is no function of \`store: ${store}\``);
  if (store !== 'mysql') return mysql && refuse(`mysql is only for \`store: mysql\``);
  if (!mysql) refuse('`store: mysql` needs `mysql`: docs/stores.md#on-aws');

  const unlimited = connecting(stage).filter((name) => !(name in reservedConcurrency));
  if (unlimited.length > 0)
    refuse(
      `\`store: mysql\` needs reservedConcurrency for ${unlimited.join(', ')}: each instance holds a connection`,
    );
  const most = mostConnections(stage);
  if (most > mysql.maxConnections)
    refuse(
      `reservedConcurrency lets functions hold ${most} connections, more than mysql.maxConnections, ${mysql.maxConnections}`,
    );
};

const mostConnections = (stage) =>
  connecting(stage).reduce((sum, name) => sum + stage.reservedConcurrency[name], 0);

exports.mostConnections = mostConnections;

const { readStage } = require('../settings/read-stage.cjs');
const { functions } = require('./functions.cjs');
const { resources } = require('./resources.cjs');
const { refuseOtherStore } = require('./refuse-other-store.cjs');

/** serverless.yml is written for DynamoDB. This turns it into a service on MySQL, in stages with `store: mysql`. */
module.exports = class MySqlStage {
  constructor(serverless, options) {
    const { service } = serverless;
    const stage = readStage(service.provider.stage, process.env);
    const onMySql = stage.store === 'mysql';
    if (onMySql) replace(service.functions, functions(service.functions, stage));
    this.hooks = {
      'before:package:initialize': () => {
        if (onMySql) service.resources = resources(service.resources, service.functions, stage);
      },
      'before:deploy:deploy': () =>
        refuseOtherStore(stage, serverless.getProvider('aws'), options.param ?? []),
    };
  }
};

/** In place: the framework reads the same object again later. */
const replace = (object, content) => {
  for (const name of Object.keys(object)) delete object[name];
  Object.assign(object, content);
};

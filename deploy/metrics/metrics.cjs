const { refusal } = require('../settings/refusal.cjs');
const readStage = require('../settings/stage.cjs');

/** One namespace for each stack: two services may have stages of the same name. */
const NAMESPACE = { 'Fn::Sub': 'Switchboard/${AWS::StackName}' };

/** Whether functions write metrics, and where they belong. */
module.exports = async (framework) => {
  const { metrics } = await readStage(framework);
  const chosen = (await framework.resolveVariable('param:metrics, ""')) || metrics;
  if (chosen !== 'on' && chosen !== 'off') throw refusal(`--param metrics=${chosen} is neither on nor off`);
  return { on: chosen === 'on', namespace: NAMESPACE };
};

module.exports.NAMESPACE = NAMESPACE;

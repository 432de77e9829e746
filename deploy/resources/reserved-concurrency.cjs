const { functionId } = require('./logical-id.cjs');
const readStage = require('../settings/stage.cjs');

module.exports = async (framework) => {
  const { reservedConcurrency } = await readStage(framework);
  const limited = Object.entries(reservedConcurrency).map(([name, count]) => [
    functionId(name),
    { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: count } },
  ]);
  return { Resources: Object.fromEntries(limited) };
};

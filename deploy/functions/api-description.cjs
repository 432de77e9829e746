const readStage = require('../settings/stage.cjs');

module.exports = async (framework) => {
  const { domain } = await readStage(framework);
  return domain?.only === 'on' ? `Switchboard, at ${domain.name} only` : 'Switchboard';
};

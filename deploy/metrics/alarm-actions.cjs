const readStage = require('../settings/stage.cjs');

/** The topic that an alarm notifies: one of the account's, or the stack's own, which sends e-mail. */
module.exports = async (framework) => {
  const { alarms } = await readStage(framework);
  if (!alarms) return [];
  return [alarms.topic ?? { Ref: 'AlarmTopic' }];
};

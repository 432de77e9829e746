const readStage = require('../settings/stage.cjs');

module.exports = async (framework) => {
  const { alarms } = await readStage(framework);
  if (!alarms?.email) return {};
  return {
    Resources: {
      AlarmTopic: {
        Type: 'AWS::SNS::Topic',
        Properties: { Subscription: [{ Protocol: 'email', Endpoint: alarms.email }] },
      },
    },
  };
};

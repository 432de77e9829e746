const { functionsOf } = require('../functions/functions.cjs');
const { functionId, roleId } = require('./logical-id.cjs');
const readStage = require('../settings/stage.cjs');

module.exports = async (framework) => {
  const stage = await readStage(framework);
  if (stage.tracing === 'off') return {};
  const functions = functionsOf(stage);
  const traced = functions.map((name) => [
    functionId(name),
    { Type: 'AWS::Lambda::Function', Properties: { TracingConfig: { Mode: 'Active' } } },
  ]);
  return { Resources: { ...Object.fromEntries(traced), TracingPolicy: tracingPolicy(functions) } };
};

const tracingPolicy = (functions) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'tracing',
    Roles: functions.map((name) => ({ Ref: roleId(name) })),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
          // X-Ray knows no resources for these actions.
          Resource: '*',
        },
      ],
    },
  },
});

const { FUNCTIONS } = require('../functions.cjs');
const { functionId, roleId } = require('../logical-id.cjs');
const readStage = require('../stage.cjs');

module.exports = async (framework) => {
  const { tracing } = await readStage(framework);
  if (tracing === 'off') return {};
  const traced = FUNCTIONS.map((name) => [
    functionId(name),
    { Type: 'AWS::Lambda::Function', Properties: { TracingConfig: { Mode: 'Active' } } },
  ]);
  return { Resources: { ...Object.fromEntries(traced), TracingPolicy } };
};

const TracingPolicy = {
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'tracing',
    Roles: FUNCTIONS.map((name) => ({ Ref: roleId(name) })),
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
};

const readStage = require('../settings/stage.cjs');

/** No address, token, query string or message: they are personal data, or would let a reader connect. */
const FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  connectionId: '$context.connectionId',
  status: '$context.status',
  integrationStatus: '$context.integrationStatus',
  integrationLatency: '$context.integrationLatency',
  error: '$context.integrationErrorMessage',
};

/** Written here, because the framework's access logs add a function that may create roles. */
module.exports = async (framework) => {
  const { service, name, accessLogs, logRetentionDays } = await readStage(framework);
  if (accessLogs === 'off') return {};
  return {
    Resources: {
      AccessLogGroup: {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: `/aws/websocket/${service}-${name}`, RetentionInDays: logRetentionDays },
      },
      WebsocketsDeploymentStage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: {
          AccessLogSettings: {
            DestinationArn: { 'Fn::GetAtt': ['AccessLogGroup', 'Arn'] },
            Format: JSON.stringify(FIELDS),
          },
        },
      },
    },
  };
};

const readStage = require('../settings/stage.cjs');

module.exports = async (framework) => {
  const { domain, mysql } = await readStage(framework);
  if (!domain) return {};
  const { name, certificate, path, only } = domain;
  const closed = { Type: 'AWS::ApiGatewayV2::Api', Properties: { DisableExecuteApiEndpoint: true } };
  return {
    Resources: {
      CustomDomain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: {
          DomainName: name,
          DomainNameConfigurations: [
            {
              CertificateArn: certificate,
              EndpointType: 'REGIONAL',
              SecurityPolicy: 'TLS_1_2',
              ...(mysql?.network === 'dualstack' && { IpAddressType: 'dualstack' }),
            },
          ],
        },
      },
      CustomDomainMapping: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: {
          ApiId: { Ref: 'WebsocketsApi' },
          DomainName: { Ref: 'CustomDomain' },
          Stage: { Ref: 'WebsocketsDeploymentStage' },
          ...(path && { ApiMappingKey: path }),
        },
      },
      ...(only === 'on' && { WebsocketsApi: closed }),
    },
    Outputs: {
      CustomDomainUrl: {
        Description: 'URL of the custom domain',
        Value: [`wss://${name}`, path].filter(Boolean).join('/'),
      },
      CustomDomainTarget: {
        Description:
          'Where the DNS record of the custom domain has to point (CNAME, or an alias in Route 53)',
        Value: { 'Fn::GetAtt': ['CustomDomain', 'RegionalDomainName'] },
      },
      CustomDomainHostedZone: {
        Description: 'The hosted zone of that target, for an alias in Route 53',
        Value: { 'Fn::GetAtt': ['CustomDomain', 'RegionalHostedZoneId'] },
      },
    },
  };
};

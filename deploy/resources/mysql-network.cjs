const { functionId } = require('./logical-id.cjs');
const { connecting } = require('../mysql/connecting.cjs');
const readStage = require('../settings/stage.cjs');

/**
 * Puts the functions that connect into the database's subnets. `@connections` has no endpoint in a VPC: they reach it through
 * NAT, or over IPv6.
 */
module.exports = async (framework) => {
  const stage = await readStage(framework);
  if (stage.store !== 'mysql') return {};
  const { subnets, securityGroups, network } = stage.mysql;
  const dualStack = network === 'dualstack';
  const VpcConfig = {
    SubnetIds: subnets,
    SecurityGroupIds: securityGroups,
    ...(dualStack && { Ipv6AllowedForDualStack: true }),
  };
  const inside = connecting(stage).map((name) => [
    functionId(name),
    { Type: 'AWS::Lambda::Function', Properties: { VpcConfig } },
  ]);
  const WebsocketsApi = { Type: 'AWS::ApiGatewayV2::Api', Properties: { IpAddressType: 'dualstack' } };
  return { Resources: { ...Object.fromEntries(inside), ...(dualStack && { WebsocketsApi }) } };
};

const { routeId } = require('./logical-id.cjs');
const { refusal } = require('../settings/refusal.cjs');
const readStage = require('../settings/stage.cjs');

module.exports = async (framework) => {
  const { throttle, routes, path } = await readStage(framework);
  const events = await framework.resolveVariable('self:functions.router.events');
  const known = events.map(({ websocket }) => websocket.route ?? websocket);
  const unknown = Object.keys(routes).filter((route) => !known.includes(route));
  if (unknown.length > 0) throw refusal(`${path}: routes.${unknown[0]} is none of ${known.join(', ')}`);
  return { Resources: { WebsocketsDeploymentStage: stage(throttle, routes) } };
};

const stage = (throttle, routes) => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  // Settings of a route that does not exist yet would fail the deployment.
  DependsOn: Object.keys(routes).map(routeId),
  Properties: {
    DefaultRouteSettings: settings(throttle),
    RouteSettings: Object.fromEntries(Object.entries(routes).map(([route, own]) => [route, settings(own)])),
  },
});

const settings = ({ rate, burst }) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

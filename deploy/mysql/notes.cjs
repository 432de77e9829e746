const { mostConnections } = require('./check-stage.cjs');
const { connecting } = require('./connecting.cjs');

/** Lines of the stage's summary about MySQL. */
exports.notes = (stage) => {
  if (stage.store !== 'mysql') return { store: 'DynamoDB' };
  const { mysql } = stage;
  const names = connecting(stage);
  return {
    store: `MySQL, ${mysql.server ?? 'of the secret'}`,
    'connections to it': `at most ${mostConnections(stage)} (${names.map((name) => `${name} ${stage.reservedConcurrency[name]}`).join(', ')}), max_connections ${mysql.maxConnections}`,
    'way out of the VPC': WAYS[mysql.network],
    'authorizer': names.includes('authorizer') ? 'in the VPC, as tokens are good once' : 'outside the VPC',
    ...needsIssuer(stage),
  };
};

const WAYS = {
  nat: 'NAT, which the subnets must route to',
  dualstack: 'IPv6, through an egress-only gateway which the subnets must route to',
};

/** For `refresh`, the router checks a token with the issuer's keys. */
const needsIssuer = ({ settings, mysql }) => {
  if (settings.AUTH_MODE === 'guest' || mysql.network === 'nat') return {};
  return { 'keys of the issuer': `${settings.AUTH_JWKS_URL} must have an IPv6 address: otherwise use NAT` };
};

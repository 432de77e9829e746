/** The variables of functions on MySQL, instead of the names of tables. */
exports.environment = ({ secret, server, network }) => ({
  STORE: 'mysql',
  MYSQL_SECRET_ARN: secret,
  ...(server && { MYSQL_URL: `mysql://${server}` }),
  // The SDK's other endpoints have only IPv4 addresses.
  ...(network === 'dualstack' && { AWS_USE_DUALSTACK_ENDPOINT: 'true' }),
});

const OF_STORE = {
  dynamodb: ['router', 'authorizer', 'fanOut', 'publish', 'disconnectUser'],
  mysql: ['router', 'authorizer', 'publish', 'disconnectUser', 'expiry'],
};

exports.FUNCTIONS = [...new Set(Object.values(OF_STORE).flat())];

exports.functionsOf = ({ store }) => OF_STORE[store];

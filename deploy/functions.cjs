const OF_STORE = {
  dynamodb: ['router', 'authorizer', 'fanOut', 'pieces', 'publish', 'disconnectUser', 'countConnections'],
  mysql: ['router', 'authorizer', 'pieces', 'publish', 'disconnectUser', 'expiry'],
};

exports.FUNCTIONS = [...new Set(Object.values(OF_STORE).flat())];

exports.functionsOf = ({ store }) => OF_STORE[store];

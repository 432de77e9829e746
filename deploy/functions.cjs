exports.FUNCTIONS = ['router', 'authorizer', 'fanOut', 'disconnectUser', 'countConnections'];

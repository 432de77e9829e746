exports.FUNCTIONS = ['router', 'authorizer', 'fanOut', 'publish', 'disconnectUser'];

exports.FUNCTIONS = ['router', 'authorizer', 'fanOut', 'disconnectUser'];

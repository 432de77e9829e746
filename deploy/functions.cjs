exports.FUNCTIONS = ['router', 'authorizer', 'fanOut', 'pieces', 'disconnectUser'];

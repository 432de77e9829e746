const EVERYWHERE = [
  'router',
  'authorizer',
  'pieces',
  'publish',
  'disconnectUser',
  'removeUser',
  'eraseRoom',
  'eraseInbox',
];

const OF_STORE = {
  dynamodb: [...EVERYWHERE, 'fanOut', 'countConnections'],
  mysql: [...EVERYWHERE, 'expiry'],
};

exports.FUNCTIONS = [...new Set(Object.values(OF_STORE).flat())];

exports.functionsOf = ({ store }) => OF_STORE[store];

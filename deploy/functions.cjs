exports.FUNCTIONS = [
  'router',
  'authorizer',
  'fanOut',
  'publish',
  'disconnectUser',
  'removeUser',
  'eraseRoom',
  'eraseInbox',
];

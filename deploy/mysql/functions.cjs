const { functionsOf } = require('../functions/functions.cjs');

/**
 * The functions of the service on MySQL: in bundles with its driver, without the stream, and one that deletes expired rows.
 */
exports.functions = (service, { service: name, name: stage }) => ({
  ...Object.fromEntries(
    Object.entries(service)
      .filter(([id]) => functionsOf({ store: 'mysql' }).includes(id))
      .map(([id, { events, handler, ...rest }]) => [
        id,
        {
          ...rest,
          handler: handler.replace('src/entry/lambda/', 'src/entry/lambda/mysql/'),
          ...(events && { events: events.filter((event) => !isStream(event)) }),
        },
      ]),
  ),
  expiry: {
    name: `${name}-${stage}-expiry`,
    handler: 'src/entry/lambda/mysql/expiry.handler',
    role: 'ExpiryRole',
    timeout: 60,
    // One append in fifty also deletes expired rows, so this helps only after a surge, or when nothing is published.
    events: [{ schedule: 'rate(5 minutes)' }],
  },
});

const isStream = ({ stream }) => stream !== undefined;

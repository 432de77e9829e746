const { FUNCTIONS } = require('../functions/functions.cjs');

/** Metrics that CloudWatch reads from the functions' log lines. A pattern names fields by their path in the line. */
exports.LINE_METRICS = {
  Bugs: { of: FUNCTIONS, pattern: '{ $.level = 50 }', value: '1' },
  IncompleteFanOuts: { of: ['fanOut', 'pieces'], pattern: '{ $.complete IS FALSE }', value: '1' },
  PushesDelivered: {
    of: ['router', 'fanOut', 'pieces', 'publish'],
    pattern: '{ $.tally.delivered > 0 }',
    value: '$.tally.delivered',
  },
  PushesFailed: {
    of: ['router', 'fanOut', 'pieces', 'publish'],
    pattern: '{ $.tally.failed > 0 }',
    value: '$.tally.failed',
  },
  ConnectsRefused: {
    of: ['authorizer', 'router'],
    pattern: '{ ($.route = "authorizer" && $.outcome != "ok") || ($.route = "$connect" && $.outcome != "ok") }',
    value: '1',
  },
};

const { functionsOf } = require('../functions/functions.cjs');
const { roleId } = require('../resources/logical-id.cjs');
const { connecting } = require('./connecting.cjs');
const { statements } = require('./statements.cjs');

const OF_DYNAMODB = [
  'ConnectionsTable',
  'MessagesTable',
  'FanOutFailures',
  'FanOutFailuresPolicy',
  'FanOutEventSourceMappingDynamodbMessagesTable',
  'FanOutRole',
  'CountConnectionsRole',
];

/** Functions that publish also cut rooms into pieces: there is no stream whose consumer could. */
const CUTTING = ['router', 'publish'];
const CUTS = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['PieceQueue', 'Arn'] } };

const OUTPUTS = ['ConnectionsTable', 'MessagesTable', 'FanOutFunction', 'FanOutFailuresBucket', 'CountConnectionsFunction'];

/** The service's own resources on MySQL: without tables, stream and failures, and with roles that do not mention them. */
exports.resources = ({ Resources, Outputs, ...rest }, functions, stage) => ({
  ...rest,
  Outputs: without(Outputs, OUTPUTS),
  Resources: {
    ...without(Resources, OF_DYNAMODB),
    ...Object.fromEntries(
      functionsOf(stage).map((name) => {
        const role = Resources[roleId(name)] ?? logsOnly(name, Resources.RouterRole);
        const added = connecting(stage).includes(name) ? statements(functions[name].name, stage.mysql) : [];
        return [roleId(name), withStatements(role, CUTTING.includes(name) ? [CUTS, ...added] : added)];
      }),
    ),
  },
});

const without = (all, ids) => Object.fromEntries(Object.entries(all).filter(([id]) => !ids.includes(id)));

const withStatements = ({ Properties, ...role }, added) => {
  const [{ PolicyName, PolicyDocument }] = Properties.Policies;
  const Statement = [...PolicyDocument.Statement.filter((one) => !isOfDynamoDB(one)), ...added];
  return {
    ...role,
    Properties: { ...Properties, Policies: [{ PolicyName, PolicyDocument: { ...PolicyDocument, Statement } }] },
  };
};

const isOfDynamoDB = ({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:'));

/** The role of a function that only MySQL has. */
const logsOnly = (name, { Type, Properties }) => ({
  Type,
  Properties: {
    ...Properties,
    Policies: [
      {
        PolicyName: name,
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: { 'Fn::GetAtt': [roleId(name).replace(/Role$/, 'LogGroup'), 'Arn'] },
            },
          ],
        },
      },
    ],
  },
});

/** Rights that Lambda needs to put a function into a VPC. These actions have no narrower resource. */
const INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** For the role of a function that connects. Lambda itself uses the role for the VPC; the function's code may not. */
exports.statements = (functionName, { secret, secretKey }) => [
  { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret },
  ...(secretKey ? [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: secretKey }] : []),
  { Effect: 'Allow', Action: INTERFACES, Resource: '*' },
  {
    Effect: 'Deny',
    Action: INTERFACES,
    Resource: '*',
    Condition: {
      ArnEquals: {
        'lambda:SourceFunctionArn': {
          'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${functionName}`,
        },
      },
    },
  },
];

import { actionsOf, type Permission, PREFIX } from './permission.js';

/** API Gateway makes the ids of its APIs, so no name narrows these. */
const apis: Permission[] = [
  {
    actions: actionsOf('apigateway', 'GET POST PUT PATCH DELETE TagResource UntagResource'),
    resources: [
      'arn:aws:apigateway:*::/apis',
      'arn:aws:apigateway:*::/apis/*',
      'arn:aws:apigateway:*::/tags/*',
    ],
  },
];

const domains: Permission[] = [
  {
    actions: actionsOf('apigateway', 'GET POST PUT PATCH DELETE TagResource UntagResource'),
    resources: ['arn:aws:apigateway:*::/domainnames', 'arn:aws:apigateway:*::/domainnames/*'],
  },
  {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: ['arn:aws:iam::*:role/aws-service-role/ops.apigateway.amazonaws.com/*'],
    condition: { StringEquals: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' } },
  },
];

const rolePolicies: Permission = {
  actions: actionsOf('iam', 'GetRolePolicy PutRolePolicy DeleteRolePolicy'),
  resources: [`arn:aws:iam::*:role/${PREFIX}*`],
};

const functions = [`arn:aws:lambda:*:*:function:${PREFIX}*`];

/** Actions that CloudFormation calls with the deployer's rights, by type of resource. */
export const RESOURCE_PERMISSIONS: Record<string, Permission[]> = {
  'AWS::ApiGatewayV2::Api': apis,
  'AWS::ApiGatewayV2::Authorizer': apis,
  'AWS::ApiGatewayV2::Deployment': apis,
  'AWS::ApiGatewayV2::Integration': apis,
  'AWS::ApiGatewayV2::Route': apis,
  'AWS::ApiGatewayV2::RouteResponse': apis,
  'AWS::ApiGatewayV2::Stage': [
    ...apis,
    {
      // Access logs: API Gateway makes the delivery on behalf of the deployer, and its actions have no resources.
      actions: actionsOf(
        'logs',
        'CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies',
      ),
      resources: ['*'],
    },
  ],
  'AWS::ApiGatewayV2::ApiMapping': domains,
  'AWS::ApiGatewayV2::DomainName': domains,
  'AWS::CloudWatch::Alarm': [
    {
      actions: actionsOf(
        'cloudwatch',
        'PutMetricAlarm DeleteAlarms DescribeAlarms TagResource UntagResource ListTagsForResource',
      ),
      resources: [`arn:aws:cloudwatch:*:*:alarm:${PREFIX}*`],
    },
  ],
  'AWS::CloudWatch::Dashboard': [
    {
      actions: actionsOf('cloudwatch', 'PutDashboard GetDashboard DeleteDashboards'),
      resources: [`arn:aws:cloudwatch::*:dashboard/${PREFIX}*`],
    },
  ],
  'AWS::DynamoDB::Table': [
    {
      actions: actionsOf(
        'dynamodb',
        'CreateTable DescribeTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive DescribeContinuousBackups UpdateContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination GetResourcePolicy TagResource UntagResource ListTagsOfResource',
      ),
      resources: [`arn:aws:dynamodb:*:*:table/${PREFIX}*`],
    },
  ],
  'AWS::Events::Rule': [
    {
      actions: actionsOf(
        'events',
        'PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule TagResource UntagResource ListTagsForResource',
      ),
      resources: [`arn:aws:events:*:*:rule/${PREFIX}*`],
    },
  ],
  'AWS::IAM::Policy': [rolePolicies],
  'AWS::IAM::Role': [
    rolePolicies,
    {
      actions: actionsOf(
        'iam',
        'CreateRole GetRole UpdateRole UpdateAssumeRolePolicy DeleteRole ListRolePolicies ListAttachedRolePolicies TagRole UntagRole',
      ),
      resources: [`arn:aws:iam::*:role/${PREFIX}*`],
    },
    {
      actions: ['iam:PassRole'],
      resources: [`arn:aws:iam::*:role/${PREFIX}*`],
      condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
  ],
  'AWS::Lambda::EventSourceMapping': [
    {
      actions: actionsOf(
        'lambda',
        'CreateEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping',
      ),
      resources: ['*'],
      condition: { ArnLike: { 'lambda:FunctionArn': `arn:aws:lambda:*:*:function:${PREFIX}*` } },
    },
    {
      actions: actionsOf('lambda', 'GetEventSourceMapping ListTags TagResource UntagResource'),
      resources: ['arn:aws:lambda:*:*:event-source-mapping:*'],
    },
  ],
  'AWS::Lambda::Function': [
    {
      actions: actionsOf(
        'lambda',
        'CreateFunction GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetRuntimeManagementConfig UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PutFunctionConcurrency DeleteFunctionConcurrency ListTags TagResource UntagResource',
      ),
      resources: functions,
    },
    {
      // Of functions in a VPC: Lambda looks at the network with the deployer's rights, and CloudFormation waits until its
      // interfaces are gone. What these actions list has no narrower resource.
      actions: actionsOf(
        'ec2',
        'DescribeSecurityGroups DescribeSubnets DescribeVpcs DescribeNetworkInterfaces',
      ),
      resources: ['*'],
    },
  ],
  'AWS::Lambda::Permission': [
    { actions: actionsOf('lambda', 'AddPermission RemovePermission GetPolicy'), resources: functions },
  ],
  'AWS::Lambda::Url': [
    {
      actions: actionsOf(
        'lambda',
        'CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig',
      ),
      resources: functions,
    },
  ],
  'AWS::Logs::LogGroup': [
    {
      actions: actionsOf(
        'logs',
        'CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource ListTagsForResource',
      ),
      resources: ['lambda', 'websocket'].map((kind) => `arn:aws:logs:*:*:log-group:/aws/${kind}/${PREFIX}*`),
    },
    { actions: ['logs:DescribeLogGroups'], resources: ['*'] },
  ],
  'AWS::Logs::MetricFilter': [
    {
      actions: actionsOf('logs', 'PutMetricFilter DeleteMetricFilter DescribeMetricFilters'),
      resources: [`arn:aws:logs:*:*:log-group:/aws/lambda/${PREFIX}*`],
    },
  ],
  'AWS::S3::Bucket': [
    {
      actions: actionsOf(
        's3',
        'CreateBucket DeleteBucket ListBucket GetBucketLocation GetEncryptionConfiguration PutEncryptionConfiguration GetBucketPublicAccessBlock PutBucketPublicAccessBlock GetBucketOwnershipControls PutBucketOwnershipControls GetLifecycleConfiguration PutLifecycleConfiguration GetBucketTagging PutBucketTagging',
      ),
      resources: [`arn:aws:s3:::${PREFIX}*`],
    },
  ],
  'AWS::S3::BucketPolicy': [
    {
      actions: actionsOf('s3', 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy'),
      resources: [`arn:aws:s3:::${PREFIX}*`],
    },
  ],
  'AWS::SNS::Topic': [
    {
      actions: actionsOf(
        'sns',
        'CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes Subscribe Unsubscribe ListSubscriptionsByTopic GetDataProtectionPolicy TagResource UntagResource ListTagsForResource',
      ),
      resources: [`arn:aws:sns:*:*:${PREFIX}*`],
    },
  ],
  'AWS::SQS::Queue': [
    {
      actions: actionsOf(
        'sqs',
        'CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes GetQueueUrl TagQueue UntagQueue ListQueueTags',
      ),
      resources: [`arn:aws:sqs:*:*:${PREFIX}*`],
    },
  ],
};

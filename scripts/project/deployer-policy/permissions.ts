export interface Permission {
  actions: string[];
  /** Of a deployment whose services have names that begin with `PREFIX`. */
  resources: string[];
  condition?: Record<string, Record<string, string>>;
}

/** Replaced by the beginning of the names, such as `switchboard-`. */
export const PREFIX = '<prefix>';

const of = (service: string, verbs: string): string[] => verbs.split(' ').map((verb) => `${service}:${verb}`);

/** API Gateway makes the ids of its APIs, so no name narrows these. */
const apis: Permission[] = [
  {
    actions: of('apigateway', 'GET POST PUT PATCH DELETE TagResource UntagResource'),
    resources: [
      'arn:aws:apigateway:*::/apis',
      'arn:aws:apigateway:*::/apis/*',
      'arn:aws:apigateway:*::/tags/*',
    ],
  },
];

const domains: Permission[] = [
  {
    actions: of('apigateway', 'GET POST PUT PATCH DELETE TagResource UntagResource'),
    resources: ['arn:aws:apigateway:*::/domainnames', 'arn:aws:apigateway:*::/domainnames/*'],
  },
  {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: ['arn:aws:iam::*:role/aws-service-role/ops.apigateway.amazonaws.com/*'],
    condition: { StringEquals: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' } },
  },
];

const rolePolicies: Permission = {
  actions: of('iam', 'GetRolePolicy PutRolePolicy DeleteRolePolicy'),
  resources: [`arn:aws:iam::*:role/${PREFIX}*`],
};

const functions = [`arn:aws:lambda:*:*:function:${PREFIX}*`];

/** Rights of the packager itself: its stack, and the objects in its bucket. */
export const ALWAYS: Permission[] = [
  {
    actions: of(
      'cloudformation',
      'CreateChangeSet DeleteChangeSet DescribeChangeSet ExecuteChangeSet CreateStack UpdateStack DeleteStack DescribeStacks DescribeStackEvents DescribeStackResource DescribeStackResources ListStackResources GetTemplate TagResource',
    ),
    resources: [`arn:aws:cloudformation:*:*:stack/${PREFIX}*/*`],
  },
  { actions: ['cloudformation:ValidateTemplate'], resources: ['*'] },
  {
    actions: of('s3', 'GetObject PutObject DeleteObject'),
    resources: [`arn:aws:s3:::${PREFIX}*-serverlessdeploymentbucket-*/serverless/*`],
  },
  {
    actions: of('s3', 'ListBucket ListBucketVersions GetBucketLocation'),
    resources: [`arn:aws:s3:::${PREFIX}*-serverlessdeploymentbucket-*`],
  },
];

/** Actions that CloudFormation calls with the deployer's rights, by type of resource. */
export const BY_TYPE: Record<string, Permission[]> = {
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
      actions: of(
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
      actions: of(
        'cloudwatch',
        'PutMetricAlarm DeleteAlarms DescribeAlarms TagResource UntagResource ListTagsForResource',
      ),
      resources: [`arn:aws:cloudwatch:*:*:alarm:${PREFIX}*`],
    },
  ],
  'AWS::CloudWatch::Dashboard': [
    {
      actions: of('cloudwatch', 'PutDashboard GetDashboard DeleteDashboards'),
      resources: [`arn:aws:cloudwatch::*:dashboard/${PREFIX}*`],
    },
  ],
  'AWS::DynamoDB::Table': [
    {
      actions: of(
        'dynamodb',
        'CreateTable DescribeTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive DescribeContinuousBackups UpdateContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination GetResourcePolicy TagResource UntagResource ListTagsOfResource',
      ),
      resources: [`arn:aws:dynamodb:*:*:table/${PREFIX}*`],
    },
  ],
  'AWS::Events::Rule': [
    {
      actions: of(
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
      actions: of(
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
      actions: of('lambda', 'CreateEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping'),
      resources: ['*'],
      condition: { ArnLike: { 'lambda:FunctionArn': `arn:aws:lambda:*:*:function:${PREFIX}*` } },
    },
    {
      actions: of('lambda', 'GetEventSourceMapping ListTags TagResource UntagResource'),
      resources: ['arn:aws:lambda:*:*:event-source-mapping:*'],
    },
  ],
  'AWS::Lambda::Function': [
    {
      actions: of(
        'lambda',
        'CreateFunction GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetRuntimeManagementConfig UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PutFunctionConcurrency DeleteFunctionConcurrency ListTags TagResource UntagResource',
      ),
      resources: functions,
    },
    {
      // Of functions in a VPC: Lambda looks at the network with the deployer's rights, and CloudFormation waits until its
      // interfaces are gone. What these actions list has no narrower resource.
      actions: of('ec2', 'DescribeSecurityGroups DescribeSubnets DescribeVpcs DescribeNetworkInterfaces'),
      resources: ['*'],
    },
  ],
  'AWS::Lambda::Permission': [
    { actions: of('lambda', 'AddPermission RemovePermission GetPolicy'), resources: functions },
  ],
  'AWS::Lambda::Url': [
    {
      actions: of(
        'lambda',
        'CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig',
      ),
      resources: functions,
    },
  ],
  'AWS::Logs::LogGroup': [
    {
      actions: of(
        'logs',
        'CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource ListTagsForResource',
      ),
      resources: ['lambda', 'websocket'].map((kind) => `arn:aws:logs:*:*:log-group:/aws/${kind}/${PREFIX}*`),
    },
    { actions: ['logs:DescribeLogGroups'], resources: ['*'] },
  ],
  'AWS::Logs::MetricFilter': [
    {
      actions: of('logs', 'PutMetricFilter DeleteMetricFilter DescribeMetricFilters'),
      resources: [`arn:aws:logs:*:*:log-group:/aws/lambda/${PREFIX}*`],
    },
  ],
  'AWS::S3::Bucket': [
    {
      actions: of(
        's3',
        'CreateBucket DeleteBucket ListBucket GetBucketLocation GetEncryptionConfiguration PutEncryptionConfiguration GetBucketPublicAccessBlock PutBucketPublicAccessBlock GetBucketOwnershipControls PutBucketOwnershipControls GetLifecycleConfiguration PutLifecycleConfiguration GetBucketTagging PutBucketTagging',
      ),
      resources: [`arn:aws:s3:::${PREFIX}*`],
    },
  ],
  'AWS::S3::BucketPolicy': [
    {
      actions: of('s3', 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy'),
      resources: [`arn:aws:s3:::${PREFIX}*`],
    },
  ],
  'AWS::SNS::Topic': [
    {
      actions: of(
        'sns',
        'CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes Subscribe Unsubscribe ListSubscriptionsByTopic GetDataProtectionPolicy TagResource UntagResource ListTagsForResource',
      ),
      resources: [`arn:aws:sns:*:*:${PREFIX}*`],
    },
  ],
  'AWS::SQS::Queue': [
    {
      actions: of(
        'sqs',
        'CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes GetQueueUrl TagQueue UntagQueue ListQueueTags',
      ),
      resources: [`arn:aws:sqs:*:*:${PREFIX}*`],
    },
  ],
};

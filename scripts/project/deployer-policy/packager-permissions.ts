import { actionsOf, type Permission, PREFIX } from './permission.js';

/** Rights of the packager itself: its stack, and the objects in its bucket. */
export const PACKAGER_PERMISSIONS: Permission[] = [
  {
    actions: actionsOf(
      'cloudformation',
      'CreateChangeSet DeleteChangeSet DescribeChangeSet ExecuteChangeSet CreateStack UpdateStack DeleteStack DescribeStacks DescribeStackEvents DescribeStackResource DescribeStackResources ListStackResources GetTemplate TagResource',
    ),
    resources: [`arn:aws:cloudformation:*:*:stack/${PREFIX}*/*`],
  },
  { actions: ['cloudformation:ValidateTemplate'], resources: ['*'] },
  {
    actions: actionsOf('s3', 'GetObject PutObject DeleteObject'),
    resources: [`arn:aws:s3:::${PREFIX}*-serverlessdeploymentbucket-*/serverless/*`],
  },
  {
    actions: actionsOf('s3', 'ListBucket ListBucketVersions GetBucketLocation'),
    resources: [`arn:aws:s3:::${PREFIX}*-serverlessdeploymentbucket-*`],
  },
];

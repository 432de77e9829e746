import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { COMES_AGAIN_MS } from '../../../../src/entry/lambda/handlers/create-pieces.js';
import type { Stack } from '../support/stack.js';

const DOCUMENTATION = resolve(import.meta.dirname, '../../../../docs/deployment.md');

export const deliverySuite = (stack: () => Stack): void => {
  const mapping = () => stack().one('FanOutEventSourceMappingDynamodbMessagesTable');

  it.each(['ConnectionsTable', 'MessagesTable'])('keep %s on demand, with expiry and encryption', (id) => {
    expect(stack().one(id)).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      SSESpecification: { SSEEnabled: true },
    });
    expect(stack().one(id)).not.toHaveProperty('GlobalSecondaryIndexes');
  });

  it('can recover publications, and not connections, which expire within hours', () => {
    expect(stack().one('MessagesTable').PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
    });
    expect(stack().one('ConnectionsTable')).not.toHaveProperty('PointInTimeRecoverySpecification');
  });

  it.each(['ConnectionsTable', 'MessagesTable', 'FanOutFailures', 'PieceFailures'])(
    'delete %s with the stack, in a stage named dev',
    (id) => {
      expect(stack().resources[id]).toMatchObject({
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Delete',
      });
      expect(stack().one(id).DeletionProtectionEnabled ?? false).toBe(false);
    },
  );

  it('stream only publications, as they were written', () => {
    expect(stack().one('MessagesTable').StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    expect(stack().one('ConnectionsTable')).not.toHaveProperty('StreamSpecification');
  });

  it('invoke fan-out in bounded batches, with bounded retries', () => {
    expect(stack().all('AWS::Lambda::EventSourceMapping').size).toBe(2);
    expect(mapping()).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['MessagesTable', 'StreamArn'] },
      FunctionName: { 'Fn::GetAtt': ['FanOutLambdaFunction', 'Arn'] },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 600,
    });
  });

  it('invoke fan-out only for rows with its mark, written or changed', () => {
    const { Filters } = mapping().FilterCriteria as { Filters: { Pattern: string }[] };

    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { fanOut: { S: [{ exists: true }] } } } },
    ]);
  });

  it('keep complete records that fan-out gave up on, private', () => {
    expect(mapping().DestinationConfig).toEqual({
      OnFailure: { Destination: { 'Fn::GetAtt': ['FanOutFailures', 'Arn'] } },
    });
    expect(stack().one('FanOutFailures')).toMatchObject({
      BucketEncryption: expect.anything(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 14 }] },
    });
  });

  it('serve pieces in small batches, as many at once as the rate has shares', () => {
    expect(stack().one('PiecesEventSourceMappingSQSPieceQueue')).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['PieceQueue', 'Arn'] },
      FunctionName: { 'Fn::GetAtt': ['PiecesLambdaFunction', 'Arn'] },
      BatchSize: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 16 },
    });
  });

  it('keep pieces in order, encrypted, and keep given-up ones for people', () => {
    const { RedrivePolicy, VisibilityTimeout, ...queue } = stack().one('PieceQueue');
    expect(queue).toMatchObject({ FifoQueue: true, SqsManagedSseEnabled: true });
    expect(RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': ['PieceFailures', 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(VisibilityTimeout).toBe(COMES_AGAIN_MS / 1_000);
    // Lambda refuses a queue whose messages could come again while the function works on them.
    expect(VisibilityTimeout).toBeGreaterThan(Number(stack().one('PiecesLambdaFunction').Timeout));
    expect(stack().one('PieceFailures')).toMatchObject({
      FifoQueue: true,
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3_600,
    });
  });

  it('hand every function the same configuration', () => {
    for (const { Environment } of stack().all('AWS::Lambda::Function').values())
      expect(Environment).toEqual({
        Variables: {
          CONNECTIONS_TABLE: { Ref: 'ConnectionsTable' },
          MESSAGES_TABLE: { Ref: 'MessagesTable' },
          METRICS_NAMESPACE: { 'Fn::Sub': expect.stringMatching(/^Switchboard\/\$\{AWS::StackName\}$/) },
          CALLBACK_URL: expect.anything(),
          AUTH_MODE: 'guest',
          AUTH_ISSUER: '',
          AUTH_AUDIENCE: '',
          AUTH_JWKS_URL: '',
          AUTH_QUERY_TOKEN: 'false',
          AUTH_SINGLE_USE: 'false',
          AUTH_USER_CLAIM: 'sub',
          AUTH_PERMISSIONS_CLAIM: 'permissions',
          ALLOWED_ORIGINS: '',
          ALLOW_ABSENT_ORIGIN: 'false',
          RATE_LIMIT: 'on',
          FRAMES_PER_SECOND: '10',
          FRAMES_AT_ONCE: '20',
          CONNECTIONS_PER_USER: '10',
          FAN_OUT_INLINE_LIMIT: '100',
          RETENTION_DAYS: '7',
          LOG_LEVEL: 'info',
          PIECE_QUEUE_URL: { Ref: 'PieceQueue' },
          PIECE_FAILURES_URL: { Ref: 'PieceFailures' },
          PIECES_AT_ONCE: '16',
          PUSHES_PER_SECOND: '8000',
          STAGE: 'dev',
        },
      });
  });

  it('take only the documented settings from the stage', () => {
    const documented = [...readFileSync(DOCUMENTATION, 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(
      ([, name]) => name,
    );
    const { Variables } = stack().one('RouterLambdaFunction').Environment as {
      Variables: Record<string, unknown>;
    };
    const settable = Object.keys(Variables).filter(
      (name) => typeof Variables[name] === 'string' && !['STAGE', 'PIECES_AT_ONCE'].includes(name),
    );

    expect(documented.sort()).toEqual(settable.sort());
  });

  it('refuse requests to buckets without TLS', () => {
    const policies = [...stack().all('AWS::S3::BucketPolicy').values()];
    const buckets = [...stack().all('AWS::S3::Bucket').keys()];

    expect(policies.map(({ Bucket }) => (Bucket as { Ref: string }).Ref).sort()).toEqual(buckets.sort());
    for (const { PolicyDocument } of policies)
      expect(PolicyDocument).toMatchObject({
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': expect.anything() } },
          },
        ],
      });
  });

  it('run no code of the framework in the account', () => {
    expect([...stack().all('AWS::Lambda::Function').keys()].sort()).toEqual([
      'AuthorizerLambdaFunction',
      'CountConnectionsLambdaFunction',
      'DisconnectUserLambdaFunction',
      'EraseInboxLambdaFunction',
      'EraseRoomLambdaFunction',
      'FanOutLambdaFunction',
      'PiecesLambdaFunction',
      'PublishLambdaFunction',
      'RemoveUserLambdaFunction',
      'RouterLambdaFunction',
    ]);
  });
};

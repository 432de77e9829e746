import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface DocumentClientOptions {
  /** Any server that speaks DynamoDB; absent: AWS, or the SDK's own `AWS_ENDPOINT_URL…`. */
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

export const createDocumentClient = (options: DocumentClientOptions = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      ...options,
      // The SDK rejects every request that has an endpoint and asks for a variant of AWS's own.
      ...(options.endpoint !== undefined && { useFipsEndpoint: false, useDualstackEndpoint: false }),
      maxAttempts: 4,
      requestHandler: {
        connectionTimeout: 1_000,
        requestTimeout: 3_000,
        throwOnRequestTimeout: true,
      },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface DocumentClientOptions {
  /** Any server that speaks DynamoDB; absent: AWS, or the SDK's own `AWS_ENDPOINT_URL…`. */
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** How long to wait for a server, and how many sockets to use; absent: defaults for AWS, or for a server on a laptop. */
  patience?: Patience;
}

export interface Patience {
  connectionTimeout: number;
  requestTimeout: number;
  maxSockets?: number;
}

const PATIENCE = { connectionTimeout: 1_000, requestTimeout: 3_000 };

/**
 * On a laptop, one process serves all clients, and may be the server too. Waiting for a free socket counts as connecting.
 */
const PATIENCE_WITH_LAPTOPS = { connectionTimeout: 10_000, requestTimeout: 10_000 };

type Logger = NonNullable<DynamoDBClientConfig['logger']>;

const ignore = (): void => {};

/**
 * If a logger has `info`, as the SDK's own silent logger has, the SDK copies every row of each answer: 3 % of a
 * broadcast's processor time.
 */
const WITHOUT_INFO = { debug: ignore, trace: ignore, warn: console.warn, error: ignore } as unknown as Logger;

export const createDocumentClient = ({
  patience,
  ...options
}: DocumentClientOptions = {}): DynamoDBDocumentClient => {
  const suitable = options.endpoint === undefined ? PATIENCE : PATIENCE_WITH_LAPTOPS;
  const { maxSockets, ...timeouts }: Patience = patience ?? suitable;
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({
      ...options,
      // The SDK rejects every request that has an endpoint and asks for a variant of AWS's own.
      ...(options.endpoint !== undefined && { useFipsEndpoint: false, useDualstackEndpoint: false }),
      maxAttempts: 4,
      logger: WITHOUT_INFO,
      requestHandler: {
        ...timeouts,
        throwOnRequestTimeout: true,
        ...(maxSockets !== undefined && { httpAgent: { maxSockets }, httpsAgent: { maxSockets } }),
      },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
};

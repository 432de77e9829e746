import { SQSClient } from '@aws-sdk/client-sqs';

export interface QueueClientOptions {
  /** Any server that speaks SQS; absent: AWS, or the SDK's own `AWS_ENDPOINT_URL…`. */
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

export const createQueueClient = (options: QueueClientOptions = {}): SQSClient =>
  new SQSClient({
    ...options,
    // The SDK rejects every request that has an endpoint and asks for a variant of AWS's own.
    ...(options.endpoint !== undefined && { useFipsEndpoint: false, useDualstackEndpoint: false }),
    // The host in a queue's URL has only IPv4 addresses.
    useQueueUrlAsEndpoint: false,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });

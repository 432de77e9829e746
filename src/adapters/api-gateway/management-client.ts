import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';

export interface ManagementClientOptions {
  /** Where `/@connections` is, without a slash at the end: the stage's execute-api URL. */
  endpoint: string;
  /** How many requests may be under way at once. */
  maxSockets: number;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  region?: string;
}

/** Without `throwOnRequestTimeout`, the SDK only warns and waits for ever. */
export const createManagementClient = ({ maxSockets, ...options }: ManagementClientOptions) =>
  new ApiGatewayManagementApiClient({
    ...options,
    // The SDK rejects every request that has an endpoint and asks for a variant of AWS's own.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 2_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
  });

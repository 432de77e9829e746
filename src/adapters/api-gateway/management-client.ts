import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';

export interface ManagementClientOptions {
  /** The stage's execute-api URL, which `/@connections` follows: without a slash at the end. */
  endpoint: string;
  /** Maximum number of simultaneous requests. */
  maxSockets: number;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  region?: string;
}

/** Without `throwOnRequestTimeout`, the SDK only warns and waits for ever. */
export const createManagementClient = ({ maxSockets, ...options }: ManagementClientOptions) =>
  new ApiGatewayManagementApiClient({
    ...options,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 2_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
  });

import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export interface ManagementClientOptions {
  /** Where `/@connections` is, without a slash at the end: the stage's execute-api URL. */
  endpoint: string;
  /** How many requests may be under way at once. */
  maxSockets: number;
  credentials?: Credentials | (() => Promise<Credentials>);
  region?: string;
  /** Certificates to trust in place of Node's. */
  ca?: string;
}

/** Without `throwOnRequestTimeout`, the SDK only warns and waits for ever. */
export const createManagementClient = ({ maxSockets, ca, ...options }: ManagementClientOptions) =>
  new ApiGatewayManagementApiClient({
    ...options,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 2_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets, ...(ca !== undefined && { ca }) },
    },
  });

import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export interface ManagementClientOptions {
  /** The stage's execute-api URL, which `/@connections` follows: without a slash at the end. */
  endpoint: string;
  /** Maximum number of simultaneous requests. */
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
    // The SDK rejects every request that has an endpoint and asks for a variant of AWS's own.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 2_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets, ...(ca !== undefined && { ca }) },
    },
  });

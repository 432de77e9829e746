/** For a server that is not AWS's. If absent, the SDK finds endpoint and credentials itself. */
export interface ServerAccess {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

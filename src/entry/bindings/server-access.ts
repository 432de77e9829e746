/** For a server that is not AWS's; absent, the SDK finds out by itself. */
export interface ServerAccess {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

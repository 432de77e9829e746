export interface Access {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** For servers that ask for credentials and believe any. */
export const ANY_ACCESS: Access = {
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

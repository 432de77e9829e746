export interface Access {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** For servers that require credentials but accept any. */
export const ANY_ACCESS: Access = {
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

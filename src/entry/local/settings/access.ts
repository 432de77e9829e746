import { randomBytes } from 'node:crypto';

export interface Access {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** For servers that require credentials but accept any. */
export const ANY_ACCESS: Access = {
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

/** For a server in this process, which accepts no other key. */
export const ownAccess = (): Access => {
  const secret = () => randomBytes(24).toString('hex');
  return { region: 'local', credentials: { accessKeyId: secret(), secretAccessKey: secret() } };
};

/** For `endpoint`. Undefined if it is AWS's: the SDK finds real credentials. */
export const accessTo = (endpoint: string): Access | undefined => (isAws(endpoint) ? undefined : ANY_ACCESS);

/** Checks only the host: the rest of a URL may contain anything. */
export const isAws = (endpoint: string): boolean =>
  URL.canParse(endpoint) &&
  /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/.test(new URL(endpoint).hostname);

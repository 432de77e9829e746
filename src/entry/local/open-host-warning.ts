import { hostInUrl, isWildcard, machineAddresses } from '../../../gateway/http/host-addresses.js';
import { isLoopbackAddress } from '../../../gateway/http/host-name.js';

/** How other machines get in, once they reach the program. */
export type EntryRequirement = 'guest' | 'public secret' | 'token';

const CONSEQUENCES: Record<EntryRequirement, string> = {
  guest: 'Guests choose their names: anyone there can be any user, read their messages and write as them.',
  'public secret':
    'Tokens are signed with a secret that is public: anyone there can make one. Set AUTH_SECRET.',
  token: 'They need a token.',
};

/** A warning of what other machines can do if the program listens at `host`; undefined if none can reach it. */
export const openHostWarning = (
  host: string,
  port: number,
  entrance: EntryRequirement,
): string | undefined => {
  if (host === 'localhost' || isLoopbackAddress(host)) return undefined;
  const addresses = isWildcard(host)
    ? machineAddresses().filter((address) => !address.includes(':'))
    : [host];
  const urls = addresses.map((address) => `http://${hostInUrl(address)}:${port}/`);
  return [
    `HOST=${host} lets every machine in your network reach this program, without encryption.`,
    CONSEQUENCES[entrance],
    'Pushes, functions and tables stay closed to them.',
    ...(urls.length > 0 ? [`From a phone: ${urls.join(' or ')}`] : []),
  ].join('\n');
};

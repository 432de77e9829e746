import { isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { hostName, isLoopbackName } from './host-name.js';

const WILDCARDS = new Set(['0.0.0.0', '::']);

export const isWildcard = (host: string): boolean => WILDCARDS.has(host);

/**
 * An address to listen at, as a URL spells it: `0::0` is `::`. Undefined for what is neither an IP address nor `localhost`, and for an
 * address with a zone, which no URL can name.
 */
export const listenableHost = (host: string): string | undefined => {
  if (host.toLowerCase() === 'localhost') return 'localhost';
  const name = isIP(host) === 0 ? undefined : hostName(hostInUrl(host));
  return name?.replaceAll(/[[\]]/g, '');
};

/** An address as a URL spells it. */
export const hostInUrl = (address: string): string => (isIPv6(address) ? `[${address}]` : address);

/** The addresses under which other machines may reach this one. */
export const machineAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address);

/** Whether a host name belongs to a gateway that listens at `host`: a rebound name does not. */
export const isOwnName = (
  name: string,
  host: string,
  addresses: () => string[] = machineAddresses,
): boolean =>
  isLoopbackName(name) ||
  name === hostName(hostInUrl(host)) ||
  (isWildcard(host) && addresses().some((address) => hostName(hostInUrl(address)) === name));

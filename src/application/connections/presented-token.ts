import { BEARER_PREFIX } from '../../../protocol/subprotocols.js';
import { type Handshake, headerValues, queryValues } from './handshake.js';

/** The one token that a handshake presents; `conflict` when it presents two that differ. */
export type PresentedToken = { token: string } | 'missing' | 'conflict';

export interface TokenPlaces {
  /** URLs end up in access logs and histories, so a token in the query needs a setting. */
  query: boolean;
}

/**
 * Looks in `Authorization: Bearer …`, in `Sec-WebSocket-Protocol: switchboard.v1, bearer.…` (the only header
 * that a browser can set) and, if the setting allows it, in `?token=…`. The same token twice is one token. An empty token
 * counts as presented beside another token, and as missing by itself.
 */
export const presentedToken = (handshake: Handshake, places: TokenPlaces): PresentedToken => {
  const presented = new Set([
    ...headerValues(handshake, 'authorization').flatMap(fromAuthorization),
    ...headerValues(handshake, 'sec-websocket-protocol').flatMap(fromProtocols),
    ...(places.query ? queryValues(handshake, 'token') : []),
  ]);
  if (presented.size > 1) return 'conflict';
  const [token] = presented;
  return token ? { token } : 'missing';
};

const SCHEME = 'bearer';

const fromAuthorization = (header: string): string[] => {
  const [scheme = '', ...rest] = header.trim().split(' ');
  return scheme.toLowerCase() === SCHEME ? [rest.join(' ').trim()] : [];
};

const fromProtocols = (header: string): string[] =>
  header
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol.startsWith(BEARER_PREFIX))
    .map((protocol) => protocol.slice(BEARER_PREFIX.length));

import { SUBPROTOCOL } from '../../../protocol/subprotocols.js';
import type { WebSocketResult } from './events.js';

const HEADER = 'Sec-WebSocket-Protocol';

/**
 * A browser that offers sub-protocols closes the socket unless exactly one of them is chosen. It is never the one that
 * carries a token.
 */
export const subprotocol = (headers: Readonly<Record<string, unknown>>): Pick<WebSocketResult, 'headers'> => {
  const offered = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === HEADER.toLowerCase())
    .flatMap(([, value]) => String(value).split(','))
    .map((name) => name.trim());
  return offered.includes(SUBPROTOCOL) ? { headers: { [HEADER]: SUBPROTOCOL } } : {};
};

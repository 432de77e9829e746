import { SUBPROTOCOL } from '../../../../protocol/subprotocols.js';
import type { WebSocketResult } from './events.js';

const HEADER = 'Sec-WebSocket-Protocol';

/**
 * A browser that offers subprotocols closes the socket unless the server chooses exactly one of them: never the one with
 * the token.
 */
export const subprotocol = (headers: Readonly<Record<string, unknown>>): Pick<WebSocketResult, 'headers'> => {
  const offered = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === HEADER.toLowerCase())
    .flatMap(([, value]) => String(value).split(','))
    .map((name) => name.trim());
  return offered.includes(SUBPROTOCOL) ? { headers: { [HEADER]: SUBPROTOCOL } } : {};
};

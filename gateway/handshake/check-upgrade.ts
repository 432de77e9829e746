import type { IncomingMessage } from 'node:http';
import type { HttpRefusal } from '../http/http-refusal.js';
import { requestPath } from '../http/request-path.js';

const PROTOCOL_LIST = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;
const KEY = /^[+/0-9A-Za-z]{22}==$/;
const VERSION = '13';

/** Refuses an upgrade that is not for this stage, or does not follow RFC 6455. */
export const checkUpgrade = (request: IncomingMessage, stage: string): HttpRefusal | undefined => {
  const path = requestPath(request);
  const {
    upgrade = '',
    'sec-websocket-key': key = '',
    'sec-websocket-protocol': protocols,
  } = request.headers;
  if (path !== `/${stage}` && path !== `/${stage}/`) return { refused: 403 };
  if (request.method !== 'GET' || !list(upgrade.toLowerCase()).includes('websocket')) return { refused: 426 };
  if (request.headers['sec-websocket-version'] !== VERSION)
    return { refused: 400, headers: { 'Sec-WebSocket-Version': VERSION } };
  return KEY.test(key) && (protocols === undefined || isProtocolList(protocols))
    ? undefined
    : { refused: 400 };
};

const list = (text: string): string[] => text.split(',').map((name) => name.trim());

const isProtocolList = (text: string): boolean => {
  const names = list(text);
  return PROTOCOL_LIST.test(text) && new Set(names).size === names.length;
};

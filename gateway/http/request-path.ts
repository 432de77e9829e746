import type { IncomingMessage } from 'node:http';

/** The path as the client wrote it: not decoded and not resolved. */
export const requestPath = (request: IncomingMessage): string => request.url?.split('?', 1)[0] ?? '/';

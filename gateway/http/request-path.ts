import type { IncomingMessage } from 'node:http';

/** As the client wrote it, nothing decoded and nothing resolved. */
export const requestPath = (request: IncomingMessage): string => request.url?.split('?', 1)[0] ?? '/';

import type { IncomingMessage } from 'node:http';

/** How many bytes beyond the limit are read and thrown away: enough for most clients to receive the answer. */
const DISCARDED_BYTES = 1024 * 1024;

/**
 * The body as text, or undefined as soon as it exceeds the limit. It keeps no more than the limit, and ends the
 * connection of a client that goes on sending.
 */
export const readBody = (request: IncomingMessage, limit: number): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve(undefined);
      if (length > limit + DISCARDED_BYTES) request.socket.destroy();
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The client went away before its body was read')));
  });

/** For a request whose answer does not depend on its body. */
export const discardBody = (request: IncomingMessage): void => {
  readBody(request, 0).catch(() => {
    // The client has gone, and its body was not needed.
  });
};

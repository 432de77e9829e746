import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';

export interface Upgrade {
  /** 101 when the socket was opened. */
  status: number;
  /** The sub-protocol that the server chose. */
  protocol: string;
  /** The response of a refusal: the client learns nothing else. */
  answer: string;
}

/** Opens a WebSocket, and closes it again if that succeeds. */
export const upgrade = (
  url: string,
  headers: Record<string, string | string[]> = {},
  protocols: string[] = [],
): Promise<Upgrade> =>
  new Promise((resolve, reject) => {
    // Node's client writes repeated headers, and its types allow them, unlike those of ws.
    const socket = new WebSocket(url, protocols, { headers: headers as Record<string, string> });
    socket.on('open', () => {
      const { protocol } = socket;
      socket.on('close', () => resolve({ status: 101, protocol, answer: '' }));
      socket.terminate();
    });
    socket.on('unexpected-response', async (_, response) => {
      const { statusCode: status = 0, rawHeaders } = response;
      const answer = JSON.stringify([rawHeaders, await text(response)]);
      socket.terminate();
      resolve({ status, protocol: '', answer });
    });
    socket.on('error', reject);
  });

export const bearerHeaders = (token: string): Record<string, string> => ({
  Authorization: `Bearer ${token}`,
});

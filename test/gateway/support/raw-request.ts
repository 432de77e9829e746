import { connect } from 'node:net';

/** The header lines of an upgrade of RFC 6455, each of which a test may replace, repeat or leave out. */
export const UPGRADE = {
  Host: 'localhost',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'MVydYocDyb/0naAP80XTQQ==',
};

export interface RawAnswer {
  status: number;
  /** Everything before the body, as it came. */
  head: string;
}

/** Sends these lines unchanged, unlike any HTTP client, and reads the head of the answer. */
export const rawRequest = async (
  port: number,
  first: string,
  headers: readonly (readonly [name: string, value: string])[],
): Promise<RawAnswer> => {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`)];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) {
    text += chunk;
    if (text.includes('\r\n\r\n')) break;
  }
  socket.destroy();
  const [head = ''] = text.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head };
};

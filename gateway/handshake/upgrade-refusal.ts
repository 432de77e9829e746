import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpRefusal } from '../http/http-refusal.js';

/** Answers an upgrade request with an HTTP status instead of 101, and ends the socket. */
export const refuseUpgrade = (socket: Duplex, { refused: status, headers = {} }: HttpRefusal): void => {
  if (socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ message: STATUS_CODES[status] ?? '' });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
    'Connection: close',
    ...(status === 426 ? ['Upgrade: websocket'] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

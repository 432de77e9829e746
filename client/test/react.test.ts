import { expect, it } from '@jest/globals';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { useConnection, usePresence, useRoom } from '../src/react.js';

const sockets: string[] = [];

class Noted {
  constructor(url: string) {
    sockets.push(url);
  }
}

const Chat = () => {
  const { client, status } = useConnection('ws://server.test/dev', { WebSocket: Noted as never });
  const { messages, room, error } = useRoom(client, 'lobby');
  const members = usePresence(client, 'lobby');
  return createElement('p', null, [status.state, messages.length, members.length, !room, !error].join(' '));
};

it('React’s hooks render on a server, where they open no socket', async () => {
  expect(renderToString(createElement(Chat))).toBe('<p>offline 0 0 true true</p>');

  await Promise.resolve();
  expect(sockets).toEqual([]);
});

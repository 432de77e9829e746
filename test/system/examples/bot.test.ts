import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { createClient } from '../../../client/src/switchboard-client.js';
import { type ChatServer, startChatServer } from '../browser/support/chat-server.js';
import { ExampleProgram } from './support/example.js';

let server: ChatServer;
beforeAll(async () => {
  server = await startChatServer();
});
afterAll(async () => {
  await ExampleProgram.stopAll();
  await server.switchboard.stop();
});

it('two bots in one room answer once', async () => {
  const { url } = server.switchboard.gateway;
  const bots = [new ExampleProgram('bot.ts', 'lobby', url), new ExampleProgram('bot.ts', 'lobby', url)];
  const client = createClient(url, { userId: 'alice', WebSocket });
  const room = client.room<{ text: string }>('lobby');
  const seen: string[] = [];
  const answered = new Promise((resolve) => {
    room.on('message', ({ from, data }) => {
      seen.push(`${from}: ${data.text}`);
      if (data.text.startsWith('I know !help')) resolve(undefined);
    });
  });
  await Promise.all([room.join(), ...bots.map((bot) => bot.prints(/In lobby/))]);

  await room.publish({ text: 'Hello?' });
  await room.publish({ text: '!roll' });
  await room.publish({ text: '!help' });
  await answered;

  expect(seen.filter((line) => line.startsWith('bot: You rolled'))).toHaveLength(1);
  expect(seen.filter((line) => line.startsWith('bot: '))).toHaveLength(2);
  for (const bot of bots) expect(await bot.stop()).toBe(0);
  expect(bots.map(({ output }) => output).join('')).not.toMatch(/rror/);
  await client.close();
});

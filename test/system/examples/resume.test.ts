import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ChatServer, startChatServer } from '../browser/support/chat-server.js';
import { ExampleProgram } from './support/example.js';

let server: ChatServer;
let folder: string;
beforeAll(async () => {
  server = await startChatServer();
  folder = mkdtempSync(join(tmpdir(), 'switchboard-reader-'));
});
afterAll(async () => {
  await ExampleProgram.stopAll();
  await server.switchboard.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a reader that goes away and comes back has every number once', async () => {
  const { url } = server.switchboard.gateway;
  const read = () => new ExampleProgram('reader.ts', join(folder, 'cursors.json'), 'numbers', url);
  const before = read();
  await before.prints(/Reading/);
  const publisher = new ExampleProgram('publisher.ts', '1', '25', 'numbers', url);
  await before.prints(/^5: 5$/m);

  expect(await before.stop()).toBe(0);
  await publisher.prints(/^15 is durable/m);
  const after = read();
  expect(await publisher.end()).toBe(0);
  await after.prints(/^25: 25$/m);
  expect(await after.stop()).toBe(0);

  const numbers = [...before.lines, ...after.lines].filter((line) => line !== 'Reading');
  expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => `${index + 1}: ${index + 1}`));
});

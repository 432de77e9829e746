// Reads numbers until Ctrl-C; the next start continues after the last one: node --import tsx examples/reader.ts [file] [room] [url]
import { readFileSync, writeFileSync } from 'node:fs';
import { createClient } from 'switchboard-client';
import { WebSocket } from 'ws';

const [file = '.reader.json', name = 'numbers', url = 'ws://localhost:3001/dev'] = process.argv.slice(2);

const remembered = () => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
};

const client = createClient(url, { userId: 'reader', WebSocket, cursors: remembered() });
const stop = () => client.close();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

const room = client.room<number>(name);
const remember = () => writeFileSync(file, JSON.stringify(client.cursors()));

room.on('message', ({ offset, data }) => {
  console.log(`${offset}: ${data}`);
  remember();
});
room.on('reset', ({ reason }) => console.log(`Some are missing: ${reason}`));
await room.join();
remember();
console.log('Reading');

// Publishes numbers: node --import tsx examples/publisher.ts [first] [last] [room] [url]
import { createClient } from 'switchboard-client';
import { WebSocket } from 'ws';

const [first = '1', last = '100', name = 'numbers', url = 'ws://localhost:3001/dev'] = process.argv.slice(2);
// A connection may send ten frames a second.
const PAUSE_MS = 120;

const client = createClient(url, { userId: 'publisher', WebSocket });
const room = client.room<number>(name);
await room.join();
for (let number = Number(first); number <= Number(last); number += 1) {
  const { offset } = await room.publish(number);
  console.log(`${number} is durable, at offset ${offset}`);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
await client.close();

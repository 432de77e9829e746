// Answers in a room: node --import tsx examples/bot.ts [room] [url]
import { createClient } from 'switchboard-client';
import { WebSocket } from 'ws';

const [name = 'lobby', url = 'ws://localhost:3001/dev'] = process.argv.slice(2);

const ANSWERS: ReadonlyMap<string, () => string> = new Map([
  ['!help', () => `I know ${[...ANSWERS.keys()].join(', ')}`],
  ['!time', () => `It is ${new Date().toISOString().slice(11, 16)} UTC`],
  ['!roll', () => `You rolled ${1 + Math.floor(Math.random() * 6)}`],
]);

const client = createClient(url, { userId: 'bot', WebSocket });
const room = client.room<{ text: string }>(name);

room.on('message', ({ data, from, epoch, offset }) => {
  const answer = ANSWERS.get(data?.text);
  if (!answer || from === client.userId) return;
  // The key names the answered message, so a second bot, or this bot after a restart, cannot answer twice.
  room.publish({ text: answer() }, { key: `to-${epoch}-${offset}` }).catch(({ code, message }) => {
    // The other bot was faster, with another answer.
    if (code !== 'idempotency_conflict') console.error(message);
  });
});
room.on('presence', ({ joined, left }) => console.log({ joined, left }));
client.on('state', (state, error) => console.log(state, error?.message ?? ''));

process.once('SIGINT', () => client.close());
process.once('SIGTERM', () => client.close());

const { members } = await room.join();
console.log(`In ${name} with ${members.join(', ')}`);

import { createClient } from 'switchboard-client';

const url = new URLSearchParams(location.search).get('socket') ?? 'ws://localhost:3001/dev';
const byId = (id: string) => document.getElementById(id) as HTMLElement;

const client = createClient(url);
const room = client.room('counter');

// The room itself counts: its offsets have no holes, so the newest offset is the number of messages.
const show = (offset: number) => {
  byId('count').textContent = String(offset);
};
room.on('message', ({ offset }) => show(offset));
room.on('reset', ({ offset }) => show(offset));
client.on('state', (state) => {
  byId('state').textContent = state;
});
byId('more').addEventListener('click', () => {
  room.publish('one more').catch(({ message }) => {
    byId('state').textContent = message;
  });
});

show((await room.join()).offset);

/** Uses the packed client against a server, and prints what came of it; `ws` is where the package of that name is. */
export const packageTalk = (ws: string): string => `
import { createClient } from 'switchboard-client';
import { WebSocket } from ${JSON.stringify(ws)};
const [url] = process.argv.slice(2);
const bob = createClient(url, { userId: 'bob', WebSocket, lazy: true });
await bob.room('lobby').join();
for (const n of [1, 2, 3]) await bob.room('lobby').publish(n);
const alice = createClient(url, { userId: 'alice', WebSocket });
const room = alice.room('lobby');
const seen = [];
const all = new Promise((resolve) => {
  room.on('message', ({ data }) => seen.push(data) === 3 && resolve());
});
const { members } = await room.join({ last: 2 });
await bob.disconnect();
bob.connect();
await bob.ready();
await bob.room('lobby').publish(4, { key: 'four' });
await all;
const { value: page } = await room.history({ limit: 1 }).next();
const { code } = await alice.request('dance', {}).catch((error) => error);
const aborted = await room.publish(5, { signal: AbortSignal.abort() }).catch((error) => error);
const refused = createClient(url.replace('/dev', '/none'), { WebSocket, maxRefusals: 1 });
const reason = await refused.ready().catch((error) => error);
console.log(JSON.stringify([seen, members.length, page[0].data, code, aborted.code, reason.code, alice.state]));
await Promise.all([alice.close(), bob.close()]);
    `;

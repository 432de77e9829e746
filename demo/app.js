import { Chat } from './chat/chat.js';
import { createComposer } from './composer/composer.js';
import { createMachinery } from './machinery/machinery.js';
import { Wire } from './machinery/wire.js';
import { announce } from './messages/announcer.js';
import { createMessagesView } from './messages/messages-view.js';
import { byId } from './page/dom.js';
import { createNotice } from './page/notice.js';
import { createPeople } from './people/people.js';
import { createNavigation } from './sidebar/navigation.js';
import { createSidebar } from './sidebar/sidebar.js';
import { memory } from './sign-in/memory.js';
import { signIn } from './sign-in/sign-in.js';
import { createClient } from './switchboard-client.js';

/** By default a lost connection that nobody ended shows after four minutes at most. Here "Live" is on display. */
const PING_INTERVAL_MS = 25_000;
const KEEP_EVERY_MS = 300;

const { socket, auth } = await (await fetch('config.json')).json();
const url = new URL(socket, location.href.replace(/^http/, 'ws')).href;

const before = memory.recall();
const who = auth === 'guest' && before?.name ? { name: before.name } : await signIn(auth, before?.problem);
const remembered = before?.name === who.name ? (before?.chat ?? {}) : {};

const wire = new Wire();
const client = createClient(url, {
  ...(who.token ? { token: () => who.token } : { userId: who.name }),
  cursors: remembered.cursors ?? {},
  pingIntervalMs: PING_INTERVAL_MS,
  WebSocket: wire.WebSocket,
  network: wire.network,
});
const chat = new Chat(client, remembered);
if (!remembered.conversations) chat.join('lobby');

const notice = createNotice();
const messages = createMessagesView(chat);
const navigate = createNavigation(chat, notice);
const views = [
  navigate,
  createComposer(chat, messages.toEnd, (why) => notice(why, { forMs: 6_000 })),
  createPeople(chat),
  createSidebar(chat),
  messages.update,
  createMachinery(chat, wire),
];
announce(chat);

const keep = () => memory.keep({ name: who.name, chat });
let keeping;
const startOver = (problem) => {
  removeEventListener('pagehide', keep);
  clearTimeout(keeping);
  if (problem) memory.keep({ name: who.name, chat, problem });
  else memory.forget();
  location.replace(location.pathname);
};

let isDue = false;
chat.addEventListener('change', () => {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    for (const update of views) update();
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP_EVERY_MS);
  });
});
addEventListener('pagehide', keep);

chat.addEventListener('problem', ({ detail }) => notice(detail));
wire.addEventListener('note', ({ detail: { direction, text } }) => {
  if (direction === 'in' && text.includes('"rate_limited"'))
    notice('The server asks to slow down. What was not taken is sent again in a moment.', { forMs: 4_000 });
});
client.on('state', (state, error) => {
  if (state !== 'closed' || !error) return;
  const why = `The connection has ended: ${error.message} (${error.code})`;
  notice(why, { button: 'Start again', action: () => startOver(who.token ? why : undefined) });
});
byId('sign-out').addEventListener('click', () => {
  void client.close();
  startOver();
});

byId('chat').hidden = false;
navigate.begin();
chat.changed();

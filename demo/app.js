import { Chat } from './chat/chat.js';
import { createComposer } from './composer/composer.js';
import { createTypingLine } from './composer/typing-line.js';
import { createConnectionLine } from './connection/connection-line.js';
import { createReturnSummary } from './connection/return-summary.js';
import { createMachinery } from './machinery/machinery.js';
import { Wire } from './machinery/wire.js';
import { announce } from './messages/announcer.js';
import { createMessagesView } from './messages/messages-view.js';
import { byId } from './page/dom.js';
import { createNotice } from './page/notice.js';
import { createPeople } from './people/people.js';
import { createNavigation } from './sidebar/navigation.js';
import { createSidebar } from './sidebar/sidebar.js';
import { createPageExit } from './sign-in/page-exit.js';
import { signIn } from './sign-in/sign-in.js';
import { tabStorage } from './sign-in/tab-storage.js';
import { createTokenSource } from './sign-in/token-source.js';
import { createClient, USER_ID } from './switchboard-client.js';

/** More often than the library's default, because here "Live" is on display. */
const PING_INTERVAL_MS = 25_000;

const config = await (await fetch('config.json')).json();
const url = new URL(config.socket, location.href.replace(/^http/, 'ws')).href;

const before = tabStorage.recall();
const isKnown = config.auth === 'guest' && typeof before?.name === 'string' && USER_ID.test(before.name);
const who = isKnown ? { name: before.name } : await signIn(config, before?.problem);
const isSame = before?.name === who.name;
let remembered = isSame ? (before?.chat ?? {}) : {};

const wire = new Wire();
const tokens = who.token && createTokenSource(who, config);
const openChat = () => {
  const client = createClient(url, {
    ...(tokens ? { token: tokens.get } : { userId: who.name }),
    cursors: remembered.cursors,
    pingIntervalMs: PING_INTERVAL_MS,
    WebSocket: wire.WebSocket,
    network: wire.network,
  });
  try {
    return new Chat(client, remembered);
  } catch (error) {
    void client.close();
    throw error;
  }
};
let chat;
try {
  chat = openChat();
} catch {
  // Another version of the page may have kept it: start from nothing.
  remembered = {};
  chat = openChat();
}
const { client } = chat;
if (!remembered.conversations) chat.join('lobby');

const notice = createNotice();
const messages = createMessagesView(chat);
const navigate = createNavigation(chat, notice);
const pageExit = createPageExit(chat, who.name);
const hasNetwork = () => navigator.onLine && !wire.isUnplugged;
const renewToken =
  tokens &&
  (async (why) => {
    await tokens.renew(why);
    client.connect();
  });
const views = [
  navigate,
  createComposer(chat, messages.toEnd, (why) => notice(why, { forMs: 6_000 })),
  createTypingLine(chat),
  createPeople(chat, notice),
  createSidebar(chat, hasNetwork),
  messages.update,
  createMachinery(chat, wire, config.bill),
  createConnectionLine(client, { hasNetwork, renewToken }),
];
announce(chat);
createReturnSummary(chat, {
  since: isSame ? before.at : undefined,
  heardAt: () => wire.heardAt,
  tell(text, resets) {
    wire.note('event', [text, ...resets].join(' '));
    notice([text, ...resets].join(' '), resets.length ? {} : { forMs: 8_000 });
  },
});

let isDue = false;
chat.addEventListener('change', () => {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    for (const update of views) update();
    pageExit.keepSoon();
  });
});
chat.addEventListener('drafted', pageExit.keepSoon);

chat.addEventListener('problem', ({ detail: { text, ...options } }) => notice(text, options));
wire.addEventListener('note', ({ detail: { direction, text } }) => {
  // An error without an id is about a signal: it was lost, and nothing is sent again.
  if (direction === 'in' && text.includes('"rate_limited"') && !text.includes('"id":null'))
    notice('The server asks to slow down. Your messages are sent again in a moment.', { forMs: 4_000 });
});
client.on('state', (state, error) => {
  if (state !== 'closed' || !error) return;
  const why = `The connection has ended: ${error.message} (${error.code})`;
  const button = tokens ? 'Enter a new token' : 'Start again';
  notice(why, { button, action: () => pageExit.startAgain(why) });
});
byId('sign-out').textContent = tokens ? 'Change token' : 'Change name';
byId('sign-out').addEventListener('click', async () => {
  if (await pageExit.signOut()) void client.close();
});

byId('chat').hidden = false;
navigate.begin();
chat.changed();

import { peerOf } from './sources.js';

/** Finds who has written to us before this tab was: unread is what came after our own last word. */
export const findLetters = async (chat) => {
  const { client } = chat;
  const newest = await client.inbox
    .history()
    .next()
    .catch(() => undefined);
  if (!newest) return;
  const letters = newest.value ?? [];
  const peers = new Set(letters.map((letter) => peerOf(letter, client.userId)));
  for (const peer of peers) {
    const isNew = !chat.conversations.has(`@${peer}`);
    const conversation = chat.direct(peer);
    const ours = letters.filter((letter) => peerOf(letter, client.userId) === peer);
    const answered = ours.findLastIndex(({ from }) => from === client.userId);
    conversation.timeline.add(ours);
    if (!isNew) continue;
    conversation.unread = ours.length - answered - 1;
    conversation.firstUnread = ours[answered + 1]?.offset;
  }
  chat.knowsInbox = true;
  chat.changed();
};

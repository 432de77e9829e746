import { peerOf } from './sources.js';

/**
 * Finds everyone who wrote to us before this tab was opened. Unread is what came after our own last answer, because no
 * other tab's reading is known here.
 */
export const createPastSenders = (chat, inbox) => {
  const known = new Set(chat.conversations.keys());
  const answered = new Set();
  let isLooking = false;

  const count = (message) => {
    const peer = peerOf(message, chat.me);
    const conversation = chat.direct(peer);
    conversation.timeline.prepend([message]);
    if (chat.knowsInbox || known.has(conversation.id) || answered.has(peer)) return;
    if (message.from === chat.me) return void answered.add(peer);
    conversation.unread += 1;
    conversation.firstUnread = message.offset;
  };

  return {
    /** Newest first: our own last answer ends the counting. */
    deal(messages) {
      for (const message of messages.toReversed()) count(message);
      chat.changed();
    },

    /** Reads the whole inbox, once; what fails is tried again when this is called again. */
    async look() {
      if (isLooking || chat.knowsInbox) return;
      isLooking = true;
      try {
        while (await inbox.readOlder());
        chat.knowsInbox = true;
        chat.changed();
      } catch {
        // The state says why there is no answer.
      } finally {
        isLooking = false;
      }
    },
  };
};

import { textOf } from '../chat/sources.js';
import { byId, make } from '../page/dom.js';

const GATHER_MS = 600;
const FEW = 3;

/** Reads out new messages of the open conversation to screen readers: a few of them in full, many as a number. */
export const announce = (chat) => {
  const region = byId('announcer');
  let waiting = [];

  const speak = () => {
    const lines = waiting.map((message) => `${message.from}: ${textOf(message)}`);
    const text = lines.length > FEW ? `${lines.length} new messages` : lines.join('. ');
    region.replaceChildren(make('p', {}, text));
    waiting = [];
  };
  chat.addEventListener('arrival', ({ detail: { conversation, message } }) => {
    if (conversation !== chat.open || message.from === chat.me) return;
    if (!waiting.length) setTimeout(speak, GATHER_MS);
    waiting.push(message);
  });
};

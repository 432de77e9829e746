import { byId } from '../page/dom.js';

export const typingWords = (names) => {
  if (names.length > 2) return `${names.length} people are typing…`;
  return names.length ? `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} typing…` : '';
};

/** Says who else is typing in the open conversation. */
export const createTypingLine = (chat) => {
  const line = byId('typing');
  return () => {
    line.hidden = !chat.open;
    const words = typingWords(chat.open?.typing.names ?? []);
    if (line.textContent !== words) line.textContent = words;
  };
};

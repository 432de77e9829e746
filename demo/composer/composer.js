import { byId } from '../page/dom.js';

/** What the protocol takes at the most; a little stays for what goes with the text. */
const DATA_BYTES = 16_384 - 256;

/** Where one writes. What is half written stays with its conversation, and what is too long stays to be shortened. */
export const createComposer = (chat, sent, tooLong) => {
  const form = byId('composer');
  const field = byId('message');
  const drafts = new Map();
  let shown;

  field.addEventListener('keydown', (event) => {
    // Not the Enter that ends the choice of a character in an input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || !chat.open) return;
    const size = new TextEncoder().encode(JSON.stringify({ text })).length;
    if (size > DATA_BYTES) {
      tooLong(`This is too long to send by about ${size - DATA_BYTES} characters.`);
      return;
    }
    field.value = '';
    chat.open.say(text);
    sent();
    field.focus();
  });

  return () => {
    const { open } = chat;
    if (open === shown) return;
    if (shown) drafts.set(shown.id, field.value);
    shown = open;
    if (!open) return;
    field.value = drafts.get(open.id) ?? '';
    const what =
      open.kind === 'everyone' ? 'Message to everyone who is connected' : `Message to ${open.name}`;
    byId('message-label').textContent = what;
    field.placeholder = what;
    // With a touch screen, the focus would bring up the keyboard.
    if (matchMedia('(pointer: fine)').matches) field.focus();
  };
};

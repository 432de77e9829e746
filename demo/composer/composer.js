import { byId } from '../page/dom.js';
import { isEnter } from '../page/is-enter.js';
import { DATA_BYTES } from '../switchboard-client.js';

/** The protocol's limit for data, less a little for what is sent with the text. */
const TEXT_BYTES = DATA_BYTES - 256;

/** The message box. A half-written text stays with its conversation, and one that is too long stays to be shortened. */
export const createComposer = (chat, sent, complain) => {
  const form = byId('composer');
  const field = byId('message');
  let shown;

  field.addEventListener('keydown', (event) => {
    if (!isEnter(event)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener('input', () => {
    if (chat.open) chat.draft(chat.open, field.value);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { open } = chat;
    const text = field.value.trim();
    if (!text || !open) return;
    const size = new TextEncoder().encode(JSON.stringify({ text })).length;
    if (size > TEXT_BYTES) {
      complain(`This is too long to send by about ${size - TEXT_BYTES} characters.`);
      return;
    }
    // The box is emptied only once the message is kept elsewhere.
    try {
      open.say(text);
    } catch (error) {
      complain(`This could not be sent: ${error.message}`);
      return;
    }
    field.value = '';
    chat.draft(open, '');
    sent();
    field.focus();
  });

  return () => {
    const { open } = chat;
    if (open === shown) return;
    shown = open;
    if (!open) return;
    field.value = open.draft;
    const what = open.kind === 'everyone' ? 'Message to everyone' : `Message to ${open.name}`;
    byId('message-label').textContent = what;
    field.placeholder = what;
    // On a touch screen, the focus would bring up the keyboard.
    if (matchMedia('(pointer: fine)').matches) field.focus();
  };
};

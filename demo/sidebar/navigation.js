import { byId } from '../page/dom.js';
import { USER_ID } from '../sign-in/sign-in.js';
import { hashOf } from './sidebar.js';

const ROOM = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The address says what is open, so that links, the back button and a phone's gestures work. */
export const createNavigation = (chat, notice) => {
  const named = () => {
    let id = '';
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {}
    if (chat.conversations.has(id)) return chat.conversations.get(id);
    if (ROOM.test(id)) return chat.join(id);
    return id.startsWith('@') && USER_ID.test(id.slice(1)) ? chat.direct(id.slice(1)) : undefined;
  };
  const go = (conversation) => {
    location.hash = hashOf(conversation);
  };
  const follow = () => {
    const wasOpen = chat.open;
    chat.show(named());
    // Back on the list, the keyboard is where it left.
    if (!chat.open && wasOpen) document.querySelector(`a[href="${CSS.escape(hashOf(wasOpen))}"]`)?.focus();
  };

  const onSubmit = (form, field, pattern, open, complaint) =>
    byId(form).addEventListener('submit', (event) => {
      event.preventDefault();
      const input = byId(field);
      const name = input.value.trim().replace(/^[#@]/, '');
      if (!name) return;
      if (!pattern.test(name)) return notice(complaint, { forMs: 6_000 });
      input.value = '';
      go(open(name));
    });
  onSubmit(
    'join',
    'room-name',
    ROOM,
    (name) => chat.join(name),
    'A room’s name has letters, digits and . _ : -',
  );
  onSubmit(
    'address',
    'peer-name',
    USER_ID,
    (name) => chat.direct(name),
    'A name has letters, digits and . _ - | + : @',
  );

  byId('leave').addEventListener('click', () => {
    void chat.leave(chat.open);
  });
  // It was left, or the server put us out.
  chat.addEventListener('forgotten', ({ detail }) => {
    if (location.hash === hashOf(detail)) history.replaceState(null, '', location.pathname);
  });
  byId('back').addEventListener('click', () => {
    location.hash = '';
  });
  addEventListener('hashchange', follow);

  const update = () => {
    const { open } = chat;
    byId('chat').dataset.view = open ? 'conversation' : 'list';
    byId('conversation').inert = !open;
    byId('title').textContent = open?.name ?? 'Pick a room';
    byId('about').textContent = open ? ABOUT[open.kind] : '';
    byId('leave').hidden = open?.kind !== 'room';
    byId('composer').hidden = !open;
    byId('scroller').hidden = !open;
    if (open) byId('scroller').ariaLabel = `Messages: ${open.name}`;
  };

  return Object.assign(update, {
    begin() {
      const wide = matchMedia('(min-width: 761px)').matches;
      if (location.hash.length > 1 || !wide) return follow();
      const first = [...chat.conversations.values()].find(({ kind }) => kind === 'room');
      if (first) history.replaceState(null, '', hashOf(first));
      follow();
    },
  });
};

const ABOUT = {
  room: 'A room: whoever joins it reads along',
  everyone: 'Broadcasts: everybody who is connected gets them',
  direct: 'Direct messages: they wait if nobody is there',
};

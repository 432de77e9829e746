import { ask } from '../page/ask.js';
import { byId } from '../page/dom.js';
import { ROOM_NAME, USER_ID } from '../switchboard-client.js';
import { hashOf } from './sidebar.js';

/** The address names what is open, so that links, the back button and a phone's gestures work. */
export const createNavigation = (chat, notice) => {
  const named = () => {
    let id = '';
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {}
    if (chat.conversations.has(id)) return chat.conversations.get(id);
    if (ROOM_NAME.test(id)) return chat.join(id);
    return id.startsWith('@') && USER_ID.test(id.slice(1)) ? chat.direct(id.slice(1)) : undefined;
  };
  const linkTo = (conversation) =>
    document.querySelector(`#sidebar a[href="${CSS.escape(hashOf(conversation))}"]`);
  const go = (conversation) => {
    location.hash = hashOf(conversation);
  };
  const follow = () => {
    const wasOpen = chat.open;
    chat.show(named());
    // Back on the list, the focus is where it left the list.
    if (!chat.open && wasOpen) linkTo(wasOpen)?.focus();
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
    ROOM_NAME,
    (name) => chat.join(name),
    'A room’s name has letters, digits and . _ : -',
  );
  onSubmit(
    'address',
    'peer-name',
    USER_ID,
    (name) => chat.direct(name),
    'A name has letters from a to z, digits and signs, without spaces and # * " \\',
  );

  byId('leave').addEventListener('click', async () => {
    const { open } = chat;
    const question = `You have unsent text in ${open.name}. Leave and lose it?`;
    if (open.unsent && !(await ask(question, { yes: 'Leave', no: 'Stay' }))) return;
    await chat.leave(open);
  });
  // The user has left it, or the server does not let them in.
  chat.addEventListener('forgotten', ({ detail }) => {
    if (location.hash === hashOf(detail)) history.replaceState(null, '', location.pathname);
    if (!byId('conversation').contains(document.activeElement)) return;
    const row = linkTo(detail)?.closest('li');
    const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
    // On a phone, the list is shown only after the next update.
    requestAnimationFrame(() => neighbour?.querySelector('a').focus());
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
  room: 'A room: everyone who joins it can read it',
  everyone: 'Broadcasts to everyone who is connected',
  direct: 'Direct messages: they wait until the other person is there',
};

import { copyText } from '../page/copy-text.js';
import { byId, make, showList } from '../page/dom.js';
import { hashOf } from '../sidebar/sidebar.js';
import { face } from './faces.js';

const narrow = matchMedia('(max-width: 760px)');

/** Who is in the open room, and the link that invites others. */
export const createPeople = (chat, notice) => {
  const panel = byId('people');
  const toggle = byId('people-toggle');
  let isWanted = !narrow.matches;

  const update = () => {
    const isRoom = chat.open?.kind === 'room';
    const { id, palette, members = [], isTruncated = false } = chat.open ?? {};
    toggle.hidden = !isRoom;
    panel.hidden = !isRoom || !isWanted;
    toggle.ariaExpanded = String(!panel.hidden);
    const isOld = chat.client.state === 'offline' || chat.client.state === 'closed';
    const were = members.length === 1 ? 'was here' : 'were here';
    const count = `${members.length}${isTruncated ? '+' : ''} ${isOld ? were : 'here'}`;
    // A joined room has at least one member: no names at all mean that this user may not see them.
    const isSecret = isTruncated && members.length === 0;
    toggle.textContent = isSecret ? 'People' : count;
    // The server names the first hundred, or fewer with long names. The user knows that they are here themselves.
    const isUnnamed = isTruncated && !isSecret && !members.includes(chat.me);
    const shown = isUnnamed ? [chat.me, ...members] : members;
    const person = (name) => {
      const isMe = name === chat.me;
      const label = isMe ? `${name} (you)` : name;
      const properties = isMe ? {} : { href: hashOf({ id: `@${name}` }), title: `Write to ${name}` };
      return make(
        'li',
        {},
        make(isMe ? 'span' : 'a', properties, face(name, palette.hueOf(name)), make('span', {}, label)),
      );
    };
    // Each room has its own colours.
    showList(byId('members'), shown, (name) => `${id} ${name}`, person);
    byId('members-heading').textContent = isOld ? 'Were here' : 'Here now';
    const cut = members.length < 100 ? 'Not all fit here.' : 'The first hundred; there are more.';
    const more = isTruncated ? cut : '';
    byId('members-note').textContent = isSecret ? 'You may not see who is here.' : more;
  };

  toggle.addEventListener('click', () => {
    isWanted = !isWanted;
    update();
  });
  panel.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !narrow.matches) return;
    isWanted = false;
    update();
    toggle.focus();
  });
  byId('invite').addEventListener('click', async () => {
    const link = new URL(hashOf(chat.open), location.href).href;
    if (await copyText(link)) notice('The invite link is copied.', { forMs: 4_000 });
    else notice(`Copy this link: ${link}`);
  });
  // Over the messages, the panel closes when a person is picked.
  panel.addEventListener('click', ({ target }) => {
    if (narrow.matches && target.closest('a')) isWanted = false;
  });
  return update;
};

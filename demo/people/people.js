import { byId, make, showList } from '../page/dom.js';
import { hashOf } from '../sidebar/sidebar.js';
import { face } from './faces.js';

const narrow = matchMedia('(max-width: 760px)');

/** Who is in the open room. */
export const createPeople = (chat) => {
  const panel = byId('people');
  const toggle = byId('people-toggle');
  let isWanted = !narrow.matches;

  const update = () => {
    const isRoom = chat.open?.kind === 'room';
    const { members = [], isTruncated = false } = chat.open ?? {};
    toggle.hidden = !isRoom;
    panel.hidden = !isRoom || !isWanted;
    toggle.ariaExpanded = String(!panel.hidden);
    const isOld = chat.client.state === 'offline' || chat.client.state === 'closed';
    const were = members.length === 1 ? 'was here' : 'were here';
    const count = `${members.length}${isTruncated ? '+' : ''} ${isOld ? were : 'here'}`;
    // A room that one is in has somebody in it: nobody is named to those who may not know.
    const isSecret = isTruncated && members.length === 0;
    toggle.textContent = isSecret ? 'People' : count;
    const person = (name) => {
      const isMe = name === chat.me;
      const label = isMe ? `${name} (you)` : name;
      const properties = isMe ? {} : { href: hashOf({ id: `@${name}` }), title: `Write to ${name}` };
      return make('li', {}, make(isMe ? 'span' : 'a', properties, face(name), make('span', {}, label)));
    };
    showList(byId('members'), members, (name) => name, person);
    byId('members-heading').textContent = isOld ? 'Were here' : 'Here now';
    const more = isTruncated ? 'The first hundred; there are more.' : '';
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
  // Over the messages, it goes when somebody was picked.
  panel.addEventListener('click', ({ target }) => {
    if (narrow.matches && target.closest('a')) isWanted = false;
  });
  return update;
};

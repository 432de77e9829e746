import { copyText } from '../page/copy-text.js';
import { byId, showList } from '../page/dom.js';
import { hashOf } from '../sidebar/sidebar.js';
import { makeOther, makeOwn, updateMember } from './member-row.js';

const narrow = matchMedia('(max-width: 760px)');

/** The people in the open room, and the link that invites others. */
export const createPeople = (chat, notice) => {
  const panel = byId('people');
  const toggle = byId('people-toggle');
  let isWanted = !narrow.matches;

  const update = () => {
    const { open } = chat;
    const isRoom = open?.kind === 'room';
    const { id, members = [], isTruncated = false } = open ?? {};
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
    const isMe = ({ user }) => user === chat.me;
    const isUnnamed = isTruncated && !isSecret && !members.some(isMe);
    const shown = isUnnamed ? [{ user: chat.me }, ...members] : members;
    showList(
      byId('members'),
      shown,
      // Each room has its own colours and statuses.
      ({ user }) => `${id} ${user}`,
      (member) => (isMe(member) ? makeOwn(open, member) : makeOther(open, member)),
      (row, member) => updateMember(row, member, open),
    );
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

import { byId, make, showList } from '../page/dom.js';

const SIGILS = { everyone: '∗', room: '#', direct: '@' };

export const hashOf = ({ id }) => `#${encodeURIComponent(id)}`;

const STATES = {
  connecting: 'Connecting…',
  'catching-up': 'Catching up…',
  live: 'Live',
  offline: 'Offline, trying again',
  closed: 'Ended',
};

/** The rooms and people there are, what is unread, and how the connection is. */
export const createSidebar = (chat) => {
  const state = byId('state');

  const link = ({ kind, name }) =>
    make(
      'li',
      {},
      make(
        'a',
        {},
        make('span', { className: 'sigil', ariaHidden: 'true' }, SIGILS[kind]),
        make('span', { className: 'label' }, name),
      ),
    );

  const update = (element, conversation) => {
    const a = element.firstElementChild;
    a.href = hashOf(conversation);
    if (conversation === chat.open) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
    const shown = a.querySelector('.unread');
    const { unread } = conversation;
    if (shown?.dataset.count === String(unread)) return;
    shown?.remove();
    const label = make('span', { className: 'unseen' }, ' unread');
    if (unread) a.append(make('span', { className: 'unread', 'data-count': unread }, String(unread), label));
  };

  const names = (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true });
  const idOf = ({ id }) => id;

  return () => {
    const all = [...chat.conversations.values()];
    const everyone = all.filter(({ kind }) => kind === 'everyone');
    const rooms = all.filter(({ kind }) => kind === 'room').sort(names);
    const direct = all.filter(({ kind }) => kind === 'direct').sort(names);
    showList(byId('rooms'), [...everyone, ...rooms], idOf, link, update);
    showList(byId('direct'), direct, idOf, link, update);

    byId('me').textContent = chat.me ?? '';
    const hasNetwork = navigator.onLine || chat.client.state !== 'offline';
    const text = hasNetwork ? STATES[chat.client.state] : 'Offline: no network';
    if (state.textContent !== text) state.textContent = text;
    state.dataset.state = chat.client.state;

    const unread = all.reduce((sum, one) => sum + one.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ''}${chat.open ? `${chat.open.name} · ` : ''}Switchboard`;
  };
};

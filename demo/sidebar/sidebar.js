import { byId, make, showList } from '../page/dom.js';

const SIGILS = { everyone: '∗', room: '#', direct: '@' };

export const hashOf = ({ id }) => `#${encodeURIComponent(id)}`;

const STATES = {
  connecting: 'Connecting…',
  'catching-up': 'Catching up…',
  live: 'Live',
  offline: 'Offline',
  closed: 'Ended',
};

/** The list of rooms and people, what is unread in them, and the state of the connection. */
export const createSidebar = (chat, hasNetwork) => {
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
    const { state } = chat.client;
    const text = state !== 'offline' || hasNetwork() ? STATES[state] : 'Offline: no network';
    showState(byId('state'), state, text);
    // Where only the conversation fits on the screen, its header has little room for the state.
    showState(byId('state-here'), state, STATES[state]);

    const unread = all.reduce((sum, one) => sum + one.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ''}${chat.open ? `${chat.open.name} · ` : ''}Switchboard`;
  };
};

const showState = (element, state, text) => {
  if (element.textContent !== text) element.textContent = text;
  element.dataset.state = state;
};

import { byId, make, showList } from '../page/dom.js';

const SHOWN_CHARACTERS = 400;
const ARROWS = { in: '←', out: '→', event: '·' };
const WORDS = { in: 'received', out: 'sent', event: 'connection' };

/** What goes on behind the page, and scissors to see how it copes. */
export const createMachinery = (chat, wire) => {
  const panel = byId('machinery');
  const toggle = byId('machinery-toggle');
  const unplug = byId('unplug');
  let isDue = false;

  const frame = ({ at, direction, text }) => {
    const time = new Date(at).toISOString().slice(11, 23);
    const arrow = make('span', { className: direction, title: WORDS[direction] }, ARROWS[direction]);
    const rest = text.length > SHOWN_CHARACTERS ? `… ${text.length} characters` : '';
    const words = make(
      'span',
      { className: direction === 'event' ? 'event' : '' },
      text.slice(0, SHOWN_CHARACTERS) + rest,
    );
    return make('li', {}, make('time', {}, time), arrow, words);
  };

  const show = () => {
    isDue = false;
    if (panel.hidden) return;
    const { opened, lost, sent, received } = wire.counts;
    const counters = {
      State: chat.client.state,
      Connections: opened,
      Ended: lost,
      Reconnects: Math.max(0, opened - 1),
      'Frames sent': sent,
      received,
    };
    showList(
      byId('counters'),
      Object.entries(counters),
      ([name]) => name,
      ([name]) => make('div', {}, make('dt', {}, name), make('dd')),
      (element, [, value]) => {
        element.lastElementChild.textContent = value;
      },
    );
    showList(
      byId('cursors'),
      Object.entries(chat.client.cursors()),
      ([room]) => room,
      ([room]) => make('tr', {}, make('td', {}, room), make('td'), make('td')),
      (row, [, { epoch, offset }]) => {
        row.children[1].textContent = epoch;
        row.children[2].textContent = offset;
      },
    );
    showList(byId('frames'), wire.frames, ({ number }) => number, frame);
  };
  /** Frames come in crowds: once for all of them. */
  const showSoon = () => {
    if (!isDue) requestAnimationFrame(show);
    isDue = true;
  };

  const open = (isOpen) => {
    panel.hidden = !isOpen;
    toggle.ariaExpanded = String(isOpen);
    toggle.textContent = isOpen ? 'Hide the machinery' : 'Show the machinery';
    show();
  };
  toggle.addEventListener('click', () => open(panel.hidden));
  byId('machinery-close').addEventListener('click', () => {
    open(false);
    toggle.focus();
  });
  byId('cut').addEventListener('click', () => wire.cut());
  unplug.addEventListener('click', () => {
    if (wire.isUnplugged) wire.plugIn();
    else wire.unplug();
    unplug.classList.toggle('alarm', wire.isUnplugged);
    unplug.textContent = wire.isUnplugged ? 'Plug in again' : 'Stay offline';
  });
  wire.addEventListener('note', showSoon);
  chat.client.on('state', showSoon);
  return showSoon;
};

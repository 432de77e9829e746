import { byId, make, showList } from '../page/dom.js';
import { createBill } from './bill.js';
import { createFrameList } from './frame-list.js';

/** The frames behind the page and their costs, and buttons that break its connection. */
export const createMachinery = (chat, wire, billUrl) => {
  const panel = byId('machinery');
  const toggle = byId('machinery-toggle');
  const unplug = byId('unplug');
  const showFrames = createFrameList(wire);
  const followBill = createBill(billUrl);
  let isDue = false;

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
      'Frames received': received,
      'Ack latency': latencyOf(wire.latency.summary),
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
    showFrames();
  };
  /** Many frames may come within one repaint: they are shown together. */
  const showSoon = () => {
    if (!isDue) requestAnimationFrame(show);
    isDue = true;
  };

  const open = (isOpen) => {
    panel.hidden = !isOpen;
    toggle.ariaExpanded = String(isOpen);
    toggle.textContent = isOpen ? 'Hide the machinery' : 'Show the machinery';
    followBill(isOpen);
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

const latencyOf = (summary) =>
  summary ? `${summary.last} ms (median ${summary.median}, slowest ${summary.slowest})` : '–';

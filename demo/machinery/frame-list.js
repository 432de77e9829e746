import { byId, make, showList } from '../page/dom.js';

const SHOWN_CHARACTERS = 400;
const ARROWS = { in: '←', out: '→', event: '·' };
const WORDS = { in: 'received', out: 'sent', event: 'connection' };

/** The frames that the filter lets through: a direction or none, and a text that they contain in any case. */
export const filtered = (frames, { direction, text }) => {
  const wanted = text.trim().toLowerCase();
  return frames.filter(
    (frame) => (!direction || frame.direction === direction) && frame.text.toLowerCase().includes(wanted),
  );
};

const indented = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

const headOf = ({ at, direction, text, ms }) => {
  const rest = text.length > SHOWN_CHARACTERS ? `… ${text.length} characters` : '';
  return [
    make('time', {}, new Date(at).toISOString().slice(11, 23)),
    make('span', { className: direction, title: WORDS[direction] }, ARROWS[direction]),
    make('span', { className: `words ${direction}` }, text.slice(0, SHOWN_CHARACTERS) + rest),
    ms === undefined ? '' : make('span', { className: 'ms' }, `${ms} ms`),
  ];
};

const makeFrame = (frame) => {
  if (frame.direction === 'event')
    return make('li', {}, make('div', { className: 'head' }, ...headOf(frame)));
  const details = make('details', {}, make('summary', { className: 'head' }, ...headOf(frame)));
  // Most frames are never opened.
  details.addEventListener('toggle', () => details.append(make('pre', {}, indented(frame.text))), {
    once: true,
  });
  return make('li', {}, details);
};

/** The frames of all connections, newest first. */
export const createFrameList = (wire) => {
  const list = byId('frames');
  const direction = byId('frames-direction');
  const text = byId('frames-text');

  const show = () => {
    const frames = filtered(wire.frames, { direction: direction.value, text: text.value });
    showList(list, frames, ({ number }) => number, makeFrame);
    byId('no-frames').hidden = frames.length > 0;
  };
  direction.addEventListener('change', show);
  text.addEventListener('input', show);
  return show;
};

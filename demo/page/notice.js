import { byId, make } from './dom.js';

/** One line above the messages, for what does not belong to any of them. */
export const createNotice = () => {
  const line = byId('notice');
  let timer;

  const hide = () => {
    clearTimeout(timer);
    line.replaceChildren();
  };
  /** Stays until its button is pressed, or for so long. */
  return (text, { button = 'Close', action = hide, forMs } = {}) => {
    clearTimeout(timer);
    const rest = forMs ? [] : [make('button', { type: 'button', onclick: action }, button)];
    line.replaceChildren(make('span', {}, text), ...rest);
    if (forMs) timer = setTimeout(hide, forMs);
  };
};

import { byId, make } from './dom.js';

/** One line above everything, for news that belongs to no message. */
export const createNotice = () => {
  const line = byId('notice');
  let timer;

  const hide = () => {
    clearTimeout(timer);
    line.replaceChildren();
  };
  /** Stays until its button is pressed, or until `forMs` have passed. */
  return (text, { button = 'Close', action, forMs } = {}) => {
    clearTimeout(timer);
    const onclick = () => {
      hide();
      void action?.();
    };
    const rest = forMs ? [] : [make('button', { type: 'button', onclick }, button)];
    line.replaceChildren(make('span', {}, text), ...rest);
    if (forMs) timer = setTimeout(hide, forMs);
  };
};

import { byId, make } from './dom.js';

/** One line above everything, for news that belongs to no message. */
export const createNotice = () => {
  const line = byId('notice');
  let timer;
  /** The notice that the user has not closed yet. It is back when a passing notice has gone. */
  let lasting = [];

  const show = (text, ...rest) => {
    clearTimeout(timer);
    line.replaceChildren(make('span', {}, text), ...rest);
  };
  /** Stays until its button is pressed, or until `forMs` have passed. */
  return (text, { button = 'Close', action, forMs } = {}) => {
    if (forMs) {
      show(text);
      timer = setTimeout(() => line.replaceChildren(...lasting), forMs);
      return;
    }
    const onclick = () => {
      lasting = [];
      line.replaceChildren();
      void action?.();
    };
    show(text, make('button', { type: 'button', onclick }, button));
    lasting = [...line.children];
  };
};

import { make } from './dom.js';

/** Asks before something is lost. Resolves with whether to go on: Escape means no. */
export const ask = (question, { yes, no }) =>
  new Promise((resolve) => {
    const answer = (value, text, className) =>
      make('button', { type: 'button', className, onclick: () => dialog.close(value) }, text);
    const dialog = make(
      'dialog',
      { className: 'ask', 'aria-label': question },
      make('p', {}, question),
      make('div', {}, answer('', no, 'primary'), answer('yes', yes, '')),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });

import { make } from './dom.js';

/** Resolves with whether the text is on the clipboard. */
export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // On plain http there is no such API, or the user has not allowed it. The old way needs a selection.
    const field = make('textarea', { className: 'unseen', value: text });
    const { activeElement } = document;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    activeElement?.focus();
    return isCopied;
  }
};

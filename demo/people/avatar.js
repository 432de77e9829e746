import { make } from '../page/dom.js';

export const avatar = (name, hue) => {
  const element = make('span', { className: 'avatar', ariaHidden: 'true' }, name.slice(0, 1));
  // Through the object model: the page's policy forbids style attributes.
  element.style.setProperty('--hue', hue);
  return element;
};

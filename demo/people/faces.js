import { make } from '../page/dom.js';

/** The same colour for the same name, everywhere. */
const hueOf = (name) => {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 360;
  return hash;
};

export const face = (name) => {
  const element = make('span', { className: 'avatar', ariaHidden: 'true' }, name.slice(0, 1));
  // Through the object model: the page's policy forbids style attributes.
  element.style.setProperty('--hue', hueOf(name));
  return element;
};

import { statusOf } from '../chat/own-status.js';
import { make } from '../page/dom.js';
import { isEnter } from '../page/is-enter.js';
import { hashOf } from '../sidebar/sidebar.js';
import { avatar } from './avatar.js';

/** A state has 256 bytes, and a character of a text field takes at most three of them. */
const STATUS_CHARACTERS = 60;

export const makeOther = ({ palette }, { user }) =>
  make(
    'li',
    {},
    make(
      'a',
      { href: hashOf({ id: `@${user}` }), title: `Write to ${user}` },
      avatar(user, palette.hueOf(user)),
      make('span', {}, user),
      make('span', { className: 'status', dir: 'auto' }),
    ),
  );

/** The user's own row: their status is set right here. */
export const makeOwn = ({ palette, name, ownStatus }, { user }) => {
  const field = make('input', {
    className: 'status',
    placeholder: 'Set a status',
    ariaLabel: `Your status in ${name}`,
    maxLength: STATUS_CHARACTERS,
    autocomplete: 'off',
    enterKeyHint: 'done',
    dir: 'auto',
  });
  field.addEventListener('change', () => ownStatus.say(field.value.trim()));
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') field.value = ownStatus.text;
    // Without the focus it looks like a status again, and a phone's keyboard goes away.
    if (event.key === 'Escape' || isEnter(event)) field.blur();
  });
  const label = make('span', {}, `${user} (you)`);
  return make('li', {}, make('div', {}, avatar(user, palette.hueOf(user)), label, field));
};

export const updateMember = (row, member, { ownStatus, isTruncated }) => {
  const status = row.querySelector('.status');
  if (status.localName === 'input') {
    status.hidden = isTruncated || ownStatus.isRefused;
    if (status !== document.activeElement) status.value = ownStatus.text;
  } else if (status.textContent !== statusOf(member)) status.textContent = statusOf(member);
};

import { ROOM_NAME, USER_ID } from '../../protocol/names.js';

const KINDS = {
  user: {
    grammar: USER_ID,
    is: 'a user id: 1 to 256 visible ASCII characters without # * " \\, the first neither $ nor @',
  },
  room: {
    grammar: ROOM_NAME,
    is: 'a room that clients join: 1 to 64 letters, digits and . _ : -, the first a letter or a digit',
  },
};

/**
 * The user id or the room that an option names.
 *
 * @throws Error with one line that names the option
 */
export const readName = (kind: keyof typeof KINDS, option: string, text: string): string => {
  const { grammar, is } = KINDS[kind];
  if (!grammar.test(text)) throw new Error(`--${option} ${text} is not ${is}`);
  return text;
};

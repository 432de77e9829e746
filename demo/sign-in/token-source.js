import { byId } from '../page/dom.js';
import { signIn } from './sign-in.js';

/** The token for every new connection. Asks the user for another one once it has expired; the chat waits behind it. */
export const createTokenSource = (first, config) => {
  let current = first;
  let asking;

  const askFor = async (why) => {
    const { activeElement } = document;
    byId('chat').hidden = true;
    for (let problem = why; ; ) {
      const next = await signIn(config, problem);
      if (!first.name || next.name === first.name) {
        current = next;
        break;
      }
      problem = `This token is not for ${first.name}: paste another one, or reload the page to sign in as someone else.`;
    }
    byId('chat').hidden = false;
    activeElement?.focus();
    return current.token;
  };
  /** However often it is called, the user is asked once. */
  const renew = (why) => {
    asking ??= askFor(why).finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    renew,
    get: () => {
      const isExpired = current.expiresAt <= Date.now();
      return isExpired ? renew('Your token has expired. Paste a new one to go on.') : current.token;
    },
  };
};

import { byId } from '../page/dom.js';
import { isEnter } from '../page/is-enter.js';
import { USER_ID } from '../switchboard-client.js';

const TOKEN = /^[A-Za-z0-9._-]+$/;

/** The claims of a token. The page only displays them: only the server decides. */
const claimsOf = (token) => {
  try {
    const [, payload] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return {};
  }
};

/**
 * Resolves with a name where the server takes guests, or with a token where it does not. `userClaim` is the claim that holds
 * the name.
 */
export const signIn = ({ auth, userClaim }, problem = '') =>
  new Promise((resolve) => {
    const byToken = auth === 'jwt';
    const field = byId(byToken ? 'token' : 'name');
    byId('name-field').hidden = byToken;
    byId('token-field').hidden = !byToken;
    byId('welcome-text').textContent = byToken
      ? 'A chat in this server’s rooms.'
      : 'A chat in this server’s rooms. Open it in two tabs to be two people.';
    byId('welcome').hidden = false;
    const complain = (text) => {
      byId('sign-in-error').textContent = text;
      field.ariaInvalid = String(text !== '');
    };
    complain(problem);
    field.value = '';
    field.focus();
    field.onkeydown = (event) => {
      if (!isEnter(event)) return;
      event.preventDefault();
      byId('sign-in').requestSubmit();
    };
    byId('sign-in').onsubmit = (event) => {
      event.preventDefault();
      const value = field.value.trim();
      if (!(byToken ? TOKEN : USER_ID).test(value)) {
        if (!value) complain(byToken ? 'Paste a token first.' : 'Type a name first.');
        else complain(byToken ? 'This is not a token.' : 'This name cannot be used.');
        field.focus();
        return;
      }
      byId('welcome').hidden = true;
      if (!byToken) return resolve({ name: value });
      const { [userClaim]: name, exp } = claimsOf(value);
      resolve({ name, token: value, expiresAt: exp === undefined ? Infinity : exp * 1000 });
    };
  });

import { byId } from '../page/dom.js';

export const USER_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+-]{0,127}$/;
const TOKEN = /^[A-Za-z0-9._-]+$/;

/** Whom a token is for, as far as one can read it: the server alone decides. */
const subjectOf = (token) => {
  try {
    const [, payload] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub;
  } catch {
    return undefined;
  }
};

/** Resolves with who somebody says he is: a name where guests are taken, a token where they are not. */
export const signIn = (auth, problem = '') =>
  new Promise((resolve) => {
    const byToken = auth === 'jwt';
    const field = byId(byToken ? 'token' : 'name');
    byId('name-field').hidden = byToken;
    byId('token-field').hidden = !byToken;
    byId('welcome-text').textContent = byToken
      ? 'A chat over this server’s rooms.'
      : 'A chat over this server’s rooms. Open it in two tabs, and be two people.';
    byId('welcome').hidden = false;
    const complain = (text) => {
      byId('sign-in-error').textContent = text;
      field.ariaInvalid = String(text !== '');
    };
    complain(problem);
    field.focus();
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
      resolve(byToken ? { name: subjectOf(value), token: value } : { name: value });
    };
  });

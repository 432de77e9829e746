import { randomUUID } from 'node:crypto';
import { DEVELOPMENT_SECRET, developmentToken } from '../src/adapters/jwt/development-token.js';
import { ALL_PERMISSIONS, NO_PERMISSIONS, permissionsFrom } from '../src/domain/access/permissions.js';
import { answerHelp } from '../src/entry/local/answer-help.js';
import { readOptions } from './read-options.js';
import { readName } from './support/read-name.js';

const USAGE = `Usage: npm run --silent token -- --user alice [--expires 60] [--permissions '{"join":["team:*"]}']`;
answerHelp(USAGE, `Prints a development token, and nothing else, on stdout. --expires counts seconds.`);

const DEFAULT_EXPIRES_SECONDS = '3600';

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const orFail = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    return fail((error as Error).message);
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return fail('--permissions is not JSON. Example: {"join":["team:*"]}');
  }
};

/** A server takes an invalid claim for one that grants nothing, which is hard to notice here. */
const readPermissions = (text: string): unknown => {
  const claim = parse(text);
  const names = Object.keys(ALL_PERMISSIONS);
  const known = Object.keys(claim ?? {}).every((name) => names.includes(name));
  if (permissionsFrom(claim) === NO_PERMISSIONS || !known)
    fail(
      `--permissions has lists of names or true for some of ${names.join(', ')}. Example: {"join":["team:*"]}`,
    );
  return claim;
};

const {
  user,
  expires = DEFAULT_EXPIRES_SECONDS,
  permissions,
} = orFail(() => readOptions('user', 'expires', 'permissions'));
const { AUTH_SECRET, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_USER_CLAIM, STAGE = 'local' } = process.env;

const userId = user === undefined ? fail(USAGE) : orFail(() => readName('user', 'user', user));
// Seconds may be negative, to make an expired token.
if (!/^-?\d{1,9}$/.test(expires)) fail('--expires is not a number of seconds. Example: --expires 60');
const secret = AUTH_SECRET || DEVELOPMENT_SECRET;
if (secret === DEVELOPMENT_SECRET && STAGE !== 'local') {
  fail(`The development secret is not for the stage ${STAGE}. Set AUTH_SECRET.`);
}

const issuedAt = Date.now();
const token = await developmentToken({
  userId,
  tokenId: randomUUID(),
  issuedAt,
  expiresAt: issuedAt + Number(expires) * 1000,
  permissions: permissions === undefined ? ALL_PERMISSIONS : readPermissions(permissions),
  secret,
  ...(AUTH_ISSUER && { issuer: AUTH_ISSUER }),
  ...(AUTH_AUDIENCE && { audience: AUTH_AUDIENCE }),
  ...(AUTH_USER_CLAIM && { userClaim: AUTH_USER_CLAIM }),
});
process.stdout.write(`${token}\n`);

import { randomUUID } from 'node:crypto';
import { USER_ID } from '../protocol/names.js';
import { DEVELOPMENT_SECRET, developmentToken } from '../src/adapters/jwt/development-token.js';
import { ALL_PERMISSIONS } from '../src/domain/access/permissions.js';
import { answerHelp } from '../src/entry/local/answer-help.js';
import { readOptions } from './read-options.js';

const USAGE = `Usage: npm run --silent token -- --user alice [--expires 60] [--permissions '{"join":["team:*"]}']`;
answerHelp(USAGE, `Prints a development token, and nothing else, on stdout. --expires counts seconds.`);

const DEFAULT_EXPIRES_SECONDS = '3600';

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const readArguments = () => {
  try {
    return readOptions('user', 'expires', 'permissions');
  } catch (error) {
    return fail((error as Error).message);
  }
};

const readPermissions = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return fail('--permissions is not JSON. Example: {"join":["team:*"]}');
  }
};

const { user, expires = DEFAULT_EXPIRES_SECONDS, permissions } = readArguments();
const { AUTH_SECRET, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_USER_CLAIM, STAGE = 'local' } = process.env;

if (user === undefined || !USER_ID.test(user)) fail(USAGE);
// Seconds may be negative, to make an expired token.
if (!/^-?\d{1,9}$/.test(expires)) fail('--expires is not a number of seconds. Example: --expires 60');
const secret = AUTH_SECRET || DEVELOPMENT_SECRET;
if (secret === DEVELOPMENT_SECRET && STAGE !== 'local') {
  fail(`The development secret is not for the stage ${STAGE}. Set AUTH_SECRET.`);
}

const issuedAt = Date.now();
const token = await developmentToken({
  userId: user as string,
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

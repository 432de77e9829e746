import { DEVELOPMENT_SECRET } from '../../../adapters/jwt/development-token.js';

const KEY_SOURCES = ['AUTH_JWKS_URL', 'AUTH_JWKS_FILE', 'AUTH_SECRET'];

/**
 * Defaults of a local run. Without configured keys it accepts the tokens of `npm run token`: only this machine can reach the
 * gateway, unless `HOST` opens it, which prints a warning.
 */
export const localDefaults = (set: Readonly<Record<string, unknown>>): Record<string, string> => {
  const { AUTH_MODE = 'guest', STAGE = 'local' } = set;
  const forDevelopment =
    AUTH_MODE === 'jwt' && STAGE === 'local' && KEY_SOURCES.every((name) => set[name] === undefined);
  return {
    AUTH_MODE: 'guest',
    STAGE: 'local',
    LOG_LEVEL: 'warn',
    ...(forDevelopment && { AUTH_SECRET: DEVELOPMENT_SECRET }),
  };
};

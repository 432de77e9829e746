import { DEVELOPMENT_SECRET } from '../../adapters/jwt/development-token.js';

const KEY_SOURCES = ['AUTH_JWKS_URL', 'AUTH_JWKS_FILE', 'AUTH_SECRET'];

/**
 * What a local run assumes of what its environment does not say. Without keys of one's own, the tokens of
 * `npm run token` are accepted: nothing but this machine reaches the gateway, unless `HOST` says so, which warns.
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

import { readFileSync } from 'node:fs';
import { ContainerModule } from 'inversify';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../adapters/jwt/development-token.js';
import type { KeySource } from '../../adapters/jwt/key-source.js';
import { NoTokens } from '../../adapters/jwt/no-tokens.js';
import { JwtTokenVerifier } from '../../adapters/jwt/token-verifier.js';
import { TokenAcceptance } from '../../application/access/token-acceptance.js';
import { AuthorizeConnection } from '../../application/connections/authorize-connection.js';
import { parseOrigins } from '../../domain/access/origin-rule.js';
import type { Settings } from '../settings.js';
import { readVariable } from './read-variable.js';
import { TOKENS } from './tokens.js';

/** Decides which clients get in. Another module binds the clock, the random numbers and the used tokens. */
export const authorization = (settings: Settings): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { ALLOWED_ORIGINS: listed, ALLOW_ABSENT_ORIGIN: allowAbsent } = settings;
    const origins =
      listed === undefined
        ? undefined
        : { origins: readVariable('ALLOWED_ORIGINS', () => parseOrigins(listed)), allowAbsent };
    const local = settings.STAGE === 'local';
    const found = keySource(settings);
    if (settings.AUTH_MODE === 'jwt' && !found)
      throw new Error(
        'AUTH_MODE is jwt, but neither AUTH_JWKS_URL nor AUTH_JWKS_FILE nor AUTH_SECRET is set',
      );
    const issuer = settings.AUTH_ISSUER ?? (local ? DEVELOPMENT_ISSUER : '');
    const userClaim = settings.AUTH_USER_CLAIM;
    const audience = settings.AUTH_AUDIENCE ?? (local ? DEVELOPMENT_AUDIENCE : '');
    // There is no safe default: a token for another service of the same issuer must not be accepted here.
    if (found && issuer === '') throw new Error('AUTH_ISSUER is not set');
    if (found && audience === '') throw new Error('AUTH_AUDIENCE is not set');
    bind(TOKENS.tokens).toResolvedValue(
      (clock) =>
        found
          ? readVariable(
              found.variable,
              () => new JwtTokenVerifier({ keys: found.keys, issuer, audience, userClaim }, clock),
            )
          : new NoTokens(),
      [TOKENS.clock],
    );
    bind(AuthorizeConnection).toResolvedValue(
      (tokens, random) =>
        new AuthorizeConnection(
          {
            mode: settings.AUTH_MODE,
            queryToken: settings.AUTH_QUERY_TOKEN,
            origins,
          },
          tokens,
          () => random.id(8),
        ),
      [TokenAcceptance, TOKENS.random],
    );
  });

/** Undefined: no token is acceptable. */
const keySource = (settings: Settings): { variable: string; keys: KeySource } | undefined => {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_JWKS_FILE: file, AUTH_SECRET: secret, STAGE } = settings;
  if (jwksUrl !== undefined) return { variable: 'AUTH_JWKS_URL', keys: { jwksUrl } };
  if (file !== undefined) {
    const variable = 'AUTH_JWKS_FILE';
    return { variable, keys: { jwks: readVariable(variable, () => readFileSync(file, 'utf8')) } };
  }
  if (secret === undefined) return undefined;
  return { variable: 'AUTH_SECRET', keys: { secret, development: STAGE === 'local' } };
};

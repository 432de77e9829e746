import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  DEVELOPMENT_SECRET,
} from '../../../src/adapters/jwt/development-token.js';
import { JwtTokenVerifier } from '../../../src/adapters/jwt/token-verifier.js';
import type { VerifiedToken } from '../../../src/application/ports/token-verifier.js';
import { BuiltProgram } from '../../support/programs/built-program.js';

const program = new BuiltProgram('scripts/token.ts');

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (args: string[], env: Record<string, string> = {}): Promise<Run> =>
  new Promise((resolve) => {
    const { AUTH_SECRET, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_USER_CLAIM, STAGE, ...rest } = process.env;
    execFile(
      process.execPath,
      [program.file, ...args],
      { env: { ...rest, ...env } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

const verifierWith = (secret: string, issuer = DEVELOPMENT_ISSUER, userClaim = 'sub') =>
  new JwtTokenVerifier(
    { keys: { secret, development: true }, issuer, audience: DEVELOPMENT_AUDIENCE, userClaim },
    { now: Date.now, sleep: async () => {} },
  );

describe('the token command', () => {
  it('prints a development token and nothing else', async () => {
    const { code, stdout } = await run(['--user', 'alice', '--expires', '60']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const verified = await verifierWith(DEVELOPMENT_SECRET).verify(stdout.trim());
    expect(verified).toMatchObject({ userId: 'alice', tokenId: expect.any(String) });
    const { iat, exp } = 'claims' in verified ? verified.claims : {};
    expect(Number(exp) - Number(iat)).toBe(60);
  });

  it('signs with the secret, and for the issuer, of the environment', async () => {
    const AUTH_SECRET = 'another secret of at least 32 bytes';
    const env = { AUTH_SECRET, AUTH_ISSUER: 'https://issuer.example/', STAGE: 'prod' };

    const { stdout } = await run(['--user', 'alice', '--permissions', '{"join":["a"]}'], env);

    expect(await verifierWith(AUTH_SECRET, env.AUTH_ISSUER).verify(stdout.trim())).toMatchObject({
      userId: 'alice',
      claims: { permissions: { join: ['a'] } },
    });
  });

  it.each([
    ['-7f3c', ['--user', '-7f3c']],
    ['--expires', ['--user', '--expires']],
    ['https://issuer.example/users/42?a=b', ['--user=https://issuer.example/users/42?a=b']],
    ['__proto__', ['--user', '__proto__']],
  ])('accepts any user id: %s', async (userId, args) => {
    const { stdout } = await run(args);

    expect(await verifierWith(DEVELOPMENT_SECRET).verify(stdout.trim())).toMatchObject({ userId });
  });

  it('puts the user into the claim of AUTH_USER_CLAIM', async () => {
    const { stdout } = await run(['--user', 'alice'], { AUTH_USER_CLAIM: 'uid' });

    const { claims } = (await verifierWith(DEVELOPMENT_SECRET, DEVELOPMENT_ISSUER, 'uid').verify(
      stdout.trim(),
    )) as VerifiedToken;
    expect(claims).toMatchObject({ uid: 'alice' });
    expect(claims).not.toHaveProperty('sub');
  });

  it.each<[string, string[], Record<string, string>]>([
    ['there is no user', [], {}],
    ['the user is no user id', ['--user', 'bob#admin'], {}],
    ['the expiry is no number', ['--user', 'alice', '--expires', 'soon'], {}],
    ['the permissions are no JSON', ['--user', 'alice', '--permissions', '{'], {}],
    ['a permission is misspelt', ['--user', 'alice', '--permissions', '{"jion":["a"]}'], {}],
    ['the permissions are no claim', ['--user', 'alice', '--permissions', '{"join":"a"}'], {}],
    ['the permissions are a list', ['--user', 'alice', '--permissions', '[]'], {}],
    ['the permissions are null', ['--user', 'alice', '--permissions', 'null'], {}],
    ['an option is unknown', ['--user', 'alice', '--admin'], {}],
    ['the user is left out', ['--user'], {}],
    ['the stage is not local and has no secret', ['--user', 'alice'], { STAGE: 'prod' }],
  ])('prints no token when %s', async (_, args, env) => {
    const { code, stdout, stderr } = await run(args, env);

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });
});

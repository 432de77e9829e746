import { expect, it } from '@jest/globals';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import { urlWithSecret } from '../../../src/adapters/mysql/database/url-with-secret.js';

const SECRET = {
  engine: 'mysql',
  username: 'chat',
  password: 'p/w@%"#?',
  host: 'db.example',
  dbname: 'live',
};

it('is read from a secret in the form that RDS writes', () => {
  expect(connectionOptions(urlWithSecret(JSON.stringify(SECRET), undefined), undefined)).toMatchObject({
    host: 'db.example',
    port: 3306,
    user: 'chat',
    password: 'p/w@%"#?',
    database: 'live',
  });
});

it('uses the server that the stage names, if it names one', () => {
  const secret = JSON.stringify({ username: 'chat', password: 'secret' });

  expect(urlWithSecret(secret, 'mysql://proxy.example:3307/other')).toBe(
    'mysql://chat:secret@proxy.example:3307/other',
  );
});

it.each([
  ['hidden', 'The secret is not JSON'],
  ['"hidden"', 'The secret has no "username" and "password"'],
  ['{"username":"hidden"}', 'The secret has no "username" and "password"'],
  ['{"username":"hidden","password":"hidden"}', 'The secret has no "host" and "dbname"'],
])('refuses %s, without quoting it', (secret, message) => {
  const refused = () => urlWithSecret(secret, undefined);

  expect(refused).toThrow(message);
  expect(refused).not.toThrow('hidden');
});

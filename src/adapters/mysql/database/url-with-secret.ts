/**
 * The URL of a database whose user and password are in a secret, in the form that RDS writes. If `url` does not name the
 * server, the secret does.
 *
 * @throws Error that does not quote the secret
 */
export const urlWithSecret = (secret: string, url: string | undefined): string => {
  const { username, password, host, port = 3306, dbname } = parse(secret);
  if (typeof username !== 'string' || typeof password !== 'string')
    throw new Error('The secret has no "username" and "password"');
  if (url === undefined && (typeof host !== 'string' || typeof dbname !== 'string'))
    throw new Error('The secret has no "host" and "dbname", and the stage names no `mysql.server`');
  const complete = new URL(url ?? `mysql://${host}:${port}/${encodeURIComponent(String(dbname))}`);
  complete.username = encodeURIComponent(username);
  complete.password = encodeURIComponent(password);
  return complete.href;
};

const parse = (secret: string): Record<string, unknown> => {
  try {
    return { ...JSON.parse(secret) };
  } catch {
    throw new Error('The secret is not JSON');
  }
};

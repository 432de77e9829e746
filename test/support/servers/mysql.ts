import { afterEach, describe, it, jest } from '@jest/globals';
import { TestMySql } from './test-mysql.js';

// Generous, because other work on the machine slows the server down.
jest.setTimeout(600_000);

/** Without `MYSQL_URL`, one skipped test says so. */
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

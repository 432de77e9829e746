import { afterAll, describe, expect, it } from '@jest/globals';
import { describeOnMySql } from '../../../support/servers/mysql.js';
import { Programs } from '../support/program.js';

const programs = new Programs();
afterAll(() => programs.cleanUp());

describe('The program with STORE=mysql names a problem in one line and ends with 1', () => {
  it.each([
    ['no URL', {}, /^MYSQL_URL is not set\. [^\n]+\n$/],
    [
      'a URL of something else',
      { MYSQL_URL: 'http://a:secret@b/c' },
      /^MYSQL_URL: is not a URL such as [^\n]+\n$/,
    ],
    [
      'no server',
      { MYSQL_URL: 'mysql://a:secret@127.0.0.1:1/c' },
      /^MYSQL_URL: connect ECONNREFUSED [^\n]+\n$/,
    ],
  ])('%s', async (_, env, line) => {
    const program = programs.start({ env: { STORE: 'mysql', ...env } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toMatch(line);
    expect(program.errors).not.toContain('secret');
  });

  it('memory as well', async () => {
    const program = programs.start({ args: ['--memory'], env: { STORE: 'mysql' } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toBe('--memory and STORE=mysql exclude each other. Leave one of them out.\n');
  });
});

describeOnMySql('The program on MySQL', (mysql) => {
  it('keeps publications after it is killed, and writes no folder', async () => {
    const env = { STORE: 'mysql', MYSQL_URL: await mysql.url({ bare: true }), RATE_LIMIT: 'off' };
    const first = await programs.listening({ env });
    const alice = await programs.connect(first.url, 'alice');
    const { epoch, offset } = await alice.do('broadcast', { data: 'before' });
    await first.program.end('SIGKILL');

    const second = await programs.listening({ env });
    const bob = await programs.connect(second.url, 'bob');

    expect(await bob.do('history', { room: '*' })).toMatchObject({
      epoch,
      offset,
      items: [{ data: 'before' }],
    });
    expect(await second.program.end('SIGTERM')).toBe(0);
  });
});

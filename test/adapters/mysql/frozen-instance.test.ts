import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { append, contents, offsetsTo } from '../../contracts/publication-log/publication-logs.js';
import { describeOnMySql } from '../../support/servers/mysql.js';

const PROGRAM = join(import.meta.dirname, '../../support/servers/mysql-publisher.ts');

describeOnMySql('An instance that is frozen while it appends', (mysql) => {
  it('lets others publish, wherever it is stopped, and leaves no hole', async () => {
    const url = await mysql.url();
    const log = new MySqlPublicationLog(await mysql.open(url), new SystemClock(), new SystemRandom());
    const instance = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), PROGRAM, url]);
    const published = () => once(instance.stdout, 'data');

    await published();
    for (let n = 0; n < 40; n += 1) {
      await sleep(n);
      instance.kill('SIGSTOP');
      // An append that waits longer than 8 s for an answer rejects.
      await append(log, n);
      instance.kill('SIGCONT');
      await published();
    }
    instance.kill('SIGKILL');
    await once(instance, 'exit');

    const offsets = (await contents(log)).map(({ offset }) => offset);
    expect(offsets).toEqual(offsetsTo(offsets.length));
    expect(offsets.length).toBeGreaterThan(80);
  });
});

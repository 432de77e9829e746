// A separate process that appends to one room without a pause, so that a test can stop it at any point.
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import { Connections } from '../../../src/adapters/mysql/database/connections.js';
import { PooledDatabase } from '../../../src/adapters/mysql/database/pooled-database.js';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { JsonText } from '../../../src/domain/json/json-text.js';

const [url = ''] = process.argv.slice(2);
const database = new PooledDatabase(await Connections.open(connectionOptions(url, undefined), 4));
const log = new MySqlPublicationLog(database, new SystemClock(), new SystemRandom());

const lane = async (name: string): Promise<never> => {
  for (let n = 0; ; n += 1) {
    const draft = { from: name, data: JsonText.of(n), key: `k-${n}`, requestId: 'request' };
    await log.append('lobby', draft);
    process.stdout.write('.');
  }
};
await Promise.all(['a', 'b', 'c', 'd'].map(lane));

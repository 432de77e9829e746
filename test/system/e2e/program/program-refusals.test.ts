import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { createTable } from '../../../../src/entry/local/storage/create-table.js';
import { createDatabaseServer } from '../../../../src/entry/local/storage/database-server.js';
import { startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import { Programs } from '../support/program.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const programs = new Programs();
afterAll(() => programs.cleanUp());

/** One line, without a stack. */
const PLAIN = /^[^\n]+\n$/;

describe('The program names a problem in one line and ends with 1', () => {
  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };

    const program = programs.start({ env: { PORT: String(port) } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toBe(`PORT ${port} is in use. Stop the other program or set PORT.\n`);
    expect(program.output).toBe('');
    server.close();
  });

  it('a data folder below a file', async () => {
    const folder = programs.folder();
    writeFileSync(join(folder, 'file'), '');

    const program = programs.start({ env: { DATA_FOLDER: join(folder, 'file', 'data') } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toMatch(PLAIN);
    expect(program.errors).toContain(`DATA_FOLDER ${join(folder, 'file', 'data')}`);
  });

  it('a data folder that no program can make', async () => {
    const program = programs.start({ env: { DATA_FOLDER: '/proc/x' } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toBe(
      'DATA_FOLDER /proc/x cannot be written to. Set DATA_FOLDER, or run with --memory.\n',
    );
  });

  it('a data folder whose name has several lines', async () => {
    const program = programs.start({ env: { DATA_FOLDER: '/proc/x\n    at y\n' } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toMatch(PLAIN);
  });

  it('a data folder of other files, to which it adds none', async () => {
    const DATA_FOLDER = programs.folder();
    writeFileSync(join(DATA_FOLDER, 'notes.md'), '');

    const program = programs.start({ env: { DATA_FOLDER } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toMatch(PLAIN);
    expect(program.errors).toContain(`DATA_FOLDER ${DATA_FOLDER} holds other files, such as notes.md`);
    expect(readdirSync(DATA_FOLDER)).toEqual(['notes.md']);
  });

  it('a data folder with the database of another program', async () => {
    const DATA_FOLDER = programs.folder();
    const { database } = createDatabaseServer(DATA_FOLDER);
    await database.put('theirs', 1);
    await database.close();

    const program = programs.start({ env: { DATA_FOLDER } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toMatch(PLAIN);
    expect(program.errors).toContain('another program');
  });

  it.each([
    ['an index of nothing', 'CURRENT', 'MANIFEST-000009\n'],
    ['no index', 'CURRENT', ''],
    ['a damaged list of files', 'MANIFEST', 'x'.repeat(5_000)],
    ['a damaged table', '.ldb', 'x'.repeat(5_000)],
  ])('a data folder with %s', async (_, file, content) => {
    const DATA_FOLDER = programs.folder();
    await writeDatabase(DATA_FOLDER);
    const damaged = readdirSync(DATA_FOLDER).filter((name) => name.includes(file));
    expect(damaged).not.toEqual([]);
    for (const name of damaged) writeFileSync(join(DATA_FOLDER, name), content);

    const program = programs.start({ env: { DATA_FOLDER } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toMatch(PLAIN);
    expect(program.errors).toContain(`DATA_FOLDER ${DATA_FOLDER}`);
  });

  it('a data folder that another program opens at the same moment', async () => {
    const DATA_FOLDER = join(programs.folder(), 'data');
    const started = [0, 1, 2].map(() => programs.start({ env: { DATA_FOLDER } }));

    const ended = await Promise.all(
      started.map((program) =>
        Promise.race([program.ended, program.prints('is listening on').then(() => 'listening')]),
      ),
    );

    expect(ended.toSorted()).toEqual([1, 1, 'listening']);
    for (const { errors } of started.filter((_, index) => ended[index] === 1)) {
      expect(errors).toMatch(PLAIN);
      expect(errors).toContain(
        `DATA_FOLDER ${DATA_FOLDER} cannot be opened. Stop the program that uses it, or set DATA_FOLDER.`,
      );
    }
  });

  it('an invalid variable', async () => {
    const program = programs.start({ env: { FAN_OUT_INLINE_LIMIT: 'many' } });

    expect(await program.ended).toBe(1);
    expect(program.errors).toBe('FAN_OUT_INLINE_LIMIT is not a whole number\n');
  });

  it('a data folder in use by another process, which continues undisturbed', async () => {
    const DATA_FOLDER = join(programs.folder(), 'data');
    const { url } = await programs.listening({ env: { DATA_FOLDER } });

    const second = programs.start({ env: { DATA_FOLDER } });

    expect(await second.ended).toBe(1);
    expect(second.errors).toMatch(PLAIN);
    expect(second.errors).toContain(`DATA_FOLDER ${DATA_FOLDER}`);
    const alice = await programs.connect(url, 'alice');
    await alice.do('broadcast', { data: 'still here' });
  });
});

/** Two earlier runs: then the tables are in a file, and not only in the journal. */
const writeDatabase = async (folder: string): Promise<void> => {
  for (let run = 0; run < 2; run += 1) {
    const dynamodb = await startDynamoDB(folder);
    const client = new DynamoDBClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint });
    for (const name of ['switchboard-connections', 'switchboard-messages']) await createTable(client, name);
    client.destroy();
    await dynamodb.stop();
  }
};

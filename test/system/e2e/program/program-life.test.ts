import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import { Programs } from '../support/program.js';
import { Tables } from '../support/tables.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const programs = new Programs();
afterAll(() => programs.cleanUp());

/** The rows of connections, once the program is not running. */
const rowsIn = async (folder: string) => {
  const dynamodb = await startDynamoDB(folder);
  const rows = await new Tables(dynamodb.endpoint).all();
  await dynamodb.stop();
  return rows;
};

describe('The program', () => {
  it('on Ctrl-C closes every socket with 1001, also one that does not answer, forgets them and ends with 0', async () => {
    const DATA_FOLDER = join(programs.folder(), 'data');
    const { program, url } = await programs.listening({ env: { DATA_FOLDER } });
    const clients = [await programs.connect(url, 'alice'), await programs.connect(url, 'bob')];
    await clients[0]?.do('join', { room: 'lobby' });
    const silent = new WebSocket(`${url}?userId=silent`);
    await new Promise((resolve) => silent.once('open', resolve));
    silent.pause();

    expect(await program.end('SIGINT')).toBe(0);

    expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual([1001, 1001]);
    expect(program.errors).toBe('');
    const rows = await rowsIn(DATA_FOLDER);
    expect(rows.filter(({ pk }) => /^(CONNECTION|ROOM)#/.test(pk))).toEqual([]);
    silent.terminate();
  });

  it('prints on Ctrl-C what AWS would have billed for the session', async () => {
    const { program, url } = await programs.listening();
    const alice = await programs.connect(url, 'alice');
    await alice.do('broadcast', { data: 'hi' });
    await alice.hears('*', 'hi');

    await program.end('SIGINT');

    expect(program.output).toMatch(/messages of 32 KB +3 .* {2}1 received, 1 replies, 1 pushes\n/);
    // The authorizer, `$connect`, the broadcast, `$disconnect`.
    expect(program.output).toMatch(/invocations +4 /);
    expect(program.output).toMatch(/write units +[1-9]/);
    expect(program.output).toMatch(/total +\$0\.000/);
  });

  it('keeps the log and its epochs over a restart', async () => {
    const DATA_FOLDER = join(programs.folder(), 'data');
    const first = await programs.listening({ env: { DATA_FOLDER } });
    const alice = await programs.connect(first.url, 'alice');
    await alice.do('broadcast', { data: 'before', key: 'k' });
    const { epoch } = await alice.do('send', { to: 'bob', data: 'for you' });
    await first.program.end('SIGINT');

    const second = await programs.listening({ env: { DATA_FOLDER } });
    const bob = await programs.connect(second.url, 'bob');
    const again = await (await programs.connect(second.url, 'alice')).do('broadcast', {
      data: 'before',
      key: 'k',
    });

    expect(again).toMatchObject({ offset: 1, repeated: true });
    expect(await bob.do('history', { room: '@bob', since: { epoch, offset: 0 } })).toMatchObject({
      recovered: true,
      items: [{ from: 'alice', data: 'for you' }],
    });
    expect(await bob.do('send', { to: 'bob', data: 'next' })).toMatchObject({ epoch, offset: 2 });
  });

  it('finds the connections of a killed program gone with the first broadcast, and forgets them', async () => {
    const DATA_FOLDER = join(programs.folder(), 'data');
    const env = { DATA_FOLDER, OPENING_MS: '0' };
    const first = await programs.listening({ env });
    const dead = await programs.connect(first.url, 'alice');
    await dead.do('join', { room: 'lobby' });
    await dead.do('publish', { room: 'lobby', data: 'kept' });
    expect(await first.program.end('SIGKILL')).toBe('SIGKILL');

    const second = await programs.listening({ env });
    const bob = await programs.connect(second.url, 'bob');
    await bob.do('join', { room: 'lobby' });
    await bob.do('broadcast', { data: 'anybody there?' });
    await bob.until(() => bob.frames.find(({ type }) => type === 'presence'));

    expect((await bob.do('presence', { room: 'lobby' })).members).toEqual(['bob']);
    expect((await bob.do('history', { room: 'lobby' })).items).toMatchObject([{ data: 'kept' }]);
    await second.program.end('SIGINT');
    const rows = await rowsIn(DATA_FOLDER);
    expect(rows.filter(({ pk }) => /^(CONNECTION|ROOM)#/.test(pk))).toEqual([]);
  });

  it('writes nothing outside of its data folder, which it makes', async () => {
    const folder = programs.folder();
    const DATA_FOLDER = join(folder, 'a', 'b');
    const { program, url } = await programs.listening({ folder, env: { DATA_FOLDER } });
    await (await programs.connect(url, 'alice')).do('broadcast', { data: 1 });
    expect(await program.end('SIGTERM')).toBe(0);

    expect(readdirSync(folder)).toEqual(['a']);
    expect(readdirSync(join(folder, 'a'))).toEqual(['b']);
    expect(readdirSync(DATA_FOLDER)).toContain('CURRENT');
  });

  it('prints its address and what to try, and with --memory writes nothing at all', async () => {
    const folder = programs.folder();
    const { program, url } = await programs.listening({ folder, args: ['--memory'], fromSource: true });

    expect(program.output).toContain(`npx wscat -c '${url}?userId=alice'`);
    const [frame = ''] = /^ *\{.*\}$/m.exec(program.output) ?? [];
    const alice = await programs.connect(url, 'alice');
    alice.send(frame.trim());
    await alice.hears('*', JSON.parse(frame).data);
    expect(await program.end('SIGINT')).toBe(0);
    expect(program.errors).toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });
});

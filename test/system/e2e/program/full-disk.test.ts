import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { ServerFrame } from '../../../support/server-frame.js';
import { type Program, Programs } from '../support/program.js';

const programs = new Programs();
afterAll(() => programs.cleanUp());

/** Not a multiple of LevelDB's blocks, because data after a torn record would then be lost with it. */
const LIMIT_BLOCKS = 90;

/** Space is freed. Where there is no such command the disk stays full, and the test says less. */
const makeRoom = ({ child }: Program) => spawnSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited']);

describe('A full disk', () => {
  it('is answered with unavailable, ends no connection, and loses no acked message', async () => {
    const DATA_FOLDER = join(programs.folder(), 'data');
    const env = { DATA_FOLDER, RATE_LIMIT: 'off' };
    const { program, url } = await programs.listening({ env, fileBlocks: LIMIT_BLOCKS });
    const alice = await programs.connect(url, 'alice');
    const acked: ServerFrame[] = [];
    const publish = async (data: string): Promise<ServerFrame> => {
      const reply = await alice.ask('broadcast', { data });
      if (reply.type === 'ack') acked.push(reply);
      return reply;
    };

    let reply: ServerFrame;
    do reply = await publish('x'.repeat(16_000));
    while (reply.type === 'ack');
    expect(reply).toMatchObject({ code: 'unavailable', retryable: true });
    makeRoom(program);
    for (let count = 0; count < 20; count += 1) await publish('There is room again.');
    await alice.do('ping');
    expect(program.errors).toBe('');
    await program.end('SIGKILL');

    const next = await programs.listening({ env });
    const bob = await programs.connect(next.url, 'bob');
    for (const { epoch, offset } of acked) {
      const since = { epoch, offset: Number(offset) - 1 };
      const { items } = await bob.do('history', { room: '*', since, limit: 1 });
      expect(items).toMatchObject([{ offset }]);
    }
  });

  it('stops the start with one line if there is no space', async () => {
    const program = programs.start({ fileBlocks: 0 });

    expect(await program.ended).toBe(1);
    expect(program.errors).toMatch(/^DATA_FOLDER \.switchboard [^\n]+\n$/);
  });
});

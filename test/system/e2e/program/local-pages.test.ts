import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { type Program, Programs, REPOSITORY } from '../support/program.js';

const WSCAT = join(REPOSITORY, 'node_modules/wscat/bin/wscat');
// Linux answers on all of 127.0.0.0/8; other systems only on 127.0.0.1.
const OTHER_LOOPBACK = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
const VITE = 'http://localhost:5173';
/** The address of `esbuild --servedir`, which serves the counter example. */
const COUNTER = 'http://127.0.0.1:8000';
const LISTED = 'https://app.example';
const EVIL = 'http://evil.example';

describe.each<[settings: string, env: Record<string, string>]>([
  ['no settings', {}],
  ['DEV_ORIGINS', { DEV_ORIGINS: `http://other.example, ${LISTED}` }],
  ['HOST', { HOST: OTHER_LOOPBACK }],
  ['HOST and DEV_ORIGINS', { HOST: OTHER_LOOPBACK, DEV_ORIGINS: LISTED }],
])('With %s, the local program', (_settings, env) => {
  const programs = new Programs();
  let program: Program;
  let url: string;
  beforeAll(async () => {
    ({ program, url } = await programs.listening({ args: ['--memory'], env }));
  });
  afterAll(() => programs.cleanUp());

  /** The server's answer to a page's socket: its first reply, or the status of a refusal. */
  const pageOf = (origin: string) =>
    new Promise<string | number>((resolve, reject) => {
      const socket = new WebSocket(`${url}?userId=page`, { origin });
      socket.on('open', () => socket.send('{"action":"hello"}'));
      socket.on('message', (data) => {
        resolve(JSON.parse(data.toString()).type);
        socket.terminate();
      });
      socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
        resolve(statusCode);
        socket.terminate();
      });
      socket.on('error', reject);
    });

  it('admits wscat', async () => {
    const wscat = programs.run(process.execPath, [WSCAT, '--no-color', '-c', `${url}?userId=alice`]);
    // wscat drops text that is typed before the connection is open.
    const typing = setInterval(() => wscat.type('{"action":"hello"}'), 100);
    await wscat.prints('"userId":"alice"');
    clearInterval(typing);
  });

  it('admits its own page', async () => {
    const page = new URL('/', url.replace(/^ws/, 'http'));
    expect((await fetch(page)).status).toBe(200);
    expect(program.output).toContain(page.href);
    expect(await pageOf(page.origin)).toBe('ack');
  });

  it('admits the page of a Vite dev server and the counter example', async () => {
    expect(await pageOf(VITE)).toBe('ack');
    expect(await pageOf(COUNTER)).toBe('ack');
  });

  it('pushes', async () => {
    const [alice, bob] = [await programs.connect(url, 'alice'), await programs.connect(url, 'bob')];
    await alice.do('broadcast', { data: 'pushed' });
    await bob.hears('*', 'pushed');
  });

  it('admits the page of another origin only if it is listed', async () => {
    expect(await pageOf(LISTED)).toBe(env.DEV_ORIGINS ? 'ack' : 403);
    expect(await pageOf(EVIL)).toBe(403);
    expect(await pageOf('null')).toBe(403);
    const list = env.DEV_ORIGINS ? `${env.DEV_ORIGINS.replaceAll(' ', '')},` : '';
    await program.prints(`to admit it set DEV_ORIGINS=${list}${EVIL}`);
  });

  it('prints no warning, since only this machine reaches it', () => {
    expect(program.errors).toBe('');
  });
});

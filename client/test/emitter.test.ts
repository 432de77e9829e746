import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { createEmitter } from '../src/emitter.js';

const run = promisify(execFile);

describe('An emitter', () => {
  it('calls the handlers of an event in the order of their registration, until they are removed', () => {
    const emitter = createEmitter<{ tick: [n: number]; tock: [] }>(['tick', 'tock']);
    const calls: unknown[] = [];
    const off = emitter.on('tick', (n) => calls.push(['a', n]));
    emitter.on('tick', (n) => calls.push(['b', n]));

    emitter.emit('tick', 1);
    off();
    emitter.emit('tick', 2);
    emitter.emit('tock');

    expect(calls).toEqual([
      ['a', 1],
      ['b', 1],
      ['b', 2],
    ]);
  });

  it('calls no handler that an earlier one has just taken off', () => {
    const emitter = createEmitter<{ tick: [] }>(['tick']);
    const calls: string[] = [];
    emitter.on('tick', () => off());
    const off = emitter.on('tick', () => calls.push('taken off'));

    emitter.emit('tick');

    expect(calls).toEqual([]);
  });

  it('keeps a function that one component took off for another that shares it', () => {
    const emitter = createEmitter<{ tick: [] }>(['tick']);
    let calls = 0;
    const count = () => {
      calls += 1;
    };
    const off = emitter.on('tick', count);
    emitter.on('tick', count);

    off();
    off();
    emitter.emit('tick');

    expect(calls).toBe(1);
  });

  // In a process of its own: an uncaught error would end this one.
  it('isolates and reports a handler’s error', async () => {
    const program = `
      import { createEmitter } from './client/src/emitter.ts';
      process.on('unhandledRejection', (reason) => console.log('unhandled: ' + reason.message));
      const emitter = createEmitter(['tick']);
      emitter.on('tick', () => { throw new Error('mistake'); });
      emitter.on('tick', (n) => console.log('tick ' + n));
      emitter.emit('tick', 1);
    `;
    const { outputFiles } = await build({
      stdin: { contents: program, resolveDir: process.cwd() },
      bundle: true,
      format: 'esm',
      write: false,
    });

    const { stdout } = await run('node', ['--input-type=module', '-e', String(outputFiles[0]?.text)]);

    expect(stdout.split('\n')).toEqual(['tick 1', 'unhandled: mistake', '']);
  });
});

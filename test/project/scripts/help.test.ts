import { describe, expect, it } from '@jest/globals';
import { COMMANDS, callCommands } from './support/commands.js';

const names = [...COMMANDS.keys()];
const answers = await callCommands(names.map((name) => [name, '--help']));

describe('--help', () => {
  it('is asked of every command that is a program of this repository', () => {
    expect(names.length).toBeGreaterThan(20);
  });

  it.each(names.map((name, at) => [name, at] as const))(
    'npm run %s says how it is called and what it does, and does nothing',
    (name, at) => {
      const { code, output } = answers[at] ?? {};
      const [usage = '', empty, what] = (output ?? []).join('\n').split('\n');

      expect(code).toBe(0);
      expect(usage).toMatch(new RegExp(`^Usage: .*npm (run (--silent )?)?${name}( |$|,)`));
      expect(empty).toBe('');
      expect(what).toMatch(/^\S/);
    },
  );
});

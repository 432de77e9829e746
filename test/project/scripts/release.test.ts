import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { bundleRelease } from '../../../scripts/project/release/bundle-release.js';
import { notesOf, released } from '../../../scripts/project/release/changelog.js';
import { nextVersion } from '../../../scripts/project/release/next-version.js';
import { VERSIONED_FILES, withVersion } from '../../../scripts/project/release/set-version.js';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const { version } = JSON.parse(read('package.json'));

describe('A release', () => {
  it('has the same version everywhere, and a section of the changelog', () => {
    for (const file of VERSIONED_FILES) expect(withVersion(file, read(file), version)).toBe(read(file));

    expect(notesOf(read('CHANGELOG.md'), version)).toBeDefined();
  });

  it('sets the next version everywhere, and nothing else', () => {
    for (const file of VERSIONED_FILES) {
      const changed = withVersion(file, read(file), '9.8.7');

      expect(changed).toContain('9.8.7');
      expect(withVersion(file, changed, version)).toBe(read(file));
    }
    const { version: own, packages } = JSON.parse(
      withVersion('package-lock.json', read('package-lock.json'), '9.8.7'),
    );
    const others = Object.entries<{ version?: string }>(packages).filter(
      ([, one]) => one.version === '9.8.7',
    );
    expect([own, others.map(([path]) => path)]).toEqual(['9.8.7', ['']]);
  });

  it('dates the unreleased section, and begins a new one', () => {
    const before = '# Changelog\n\n## Unreleased\n\n### Added\n\n* A thing.\n\n## 0.1.0\n\nThe first.\n';

    const after = released(before, '0.2.0', '2026-12-01');

    expect(after).toContain(
      '## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n* A thing.\n\n## 0.1.0\n',
    );
    expect(notesOf(after, '0.2.0')).toBe('### Added\n\n* A thing.');
    expect(notesOf(after, 'Unreleased')).toBeUndefined();
    expect(() => released(after, '0.3.0', '2026-12-02')).toThrow('nothing under Unreleased');
  });

  it.each(['0.9.9', '1.2.3', '1.2.2', 'v1.3.0', '1.3', '1.3.0-beta', ''])(
    'refuses %j after 1.2.3',
    (given) => {
      expect(() => nextVersion(given, '1.2.3')).toThrow(/is no version|is not after/);
    },
  );

  it.each(['1.2.4', '1.3.0', '2.0.0', '1.10.0'])('accepts %s after 1.2.3', (given) => {
    expect(nextVersion(given, '1.2.3')).toBe(given);
  });

  it('keeps the functions and the client library, to test the next release beside them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-release-'));

    await bundleRelease(REPOSITORY, folder, 'external');

    const functions = readFileSync(join(folder, 'functions.mjs'), 'utf8');
    for (const name of Object.keys(parse(read('serverless.yml'), { logLevel: 'silent' }).functions))
      expect(functions).toMatch(new RegExp(`export\\{.*\\bas ${name}\\b`));
    expect(functions).toContain('from"@aws-sdk/');
    expect(existsSync(join(folder, 'client.mjs'))).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('is made by a workflow from its tag: all checks, its notes, the packed client', () => {
    const { on, jobs } = parse(read('.github/workflows/release.yml'));
    const commands = jobs.release.steps.flatMap(({ run }: { run?: string }) => run ?? []);

    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(commands).toEqual([
      '.ci/run',
      'npm run --silent release -- --notes "$GITHUB_REF_NAME" > notes.md',
      'npm pack ./client',
      expect.stringMatching(/^gh release create "\$GITHUB_REF_NAME" switchboard-client-\*\.tgz /),
    ]);
  });
});

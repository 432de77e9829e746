import { readFileSync, writeFileSync } from 'node:fs';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { bundleRelease } from './release/bundle-release.js';
import { notesOf, released } from './release/changelog.js';
import { nextVersion } from './release/next-version.js';
import { VERSIONED_FILES, withVersion } from './release/set-version.js';

const USAGE = 'Usage: npm run release -- 0.2.0, or npm run --silent release -- --notes v0.2.0';
answerHelp(
  USAGE,
  `Sets the version everywhere, dates the changelog, and keeps what this version runs. With --notes, prints the changelog of this
version; fails when this tree is another one.`,
);

const PREVIOUS_RELEASE = 'test/system/rollover/previous-release';

const read = (path: string): string => readFileSync(path, 'utf8');
const current: string = JSON.parse(read('package.json')).version;

const notes = (tag: string): string => {
  if (tag !== `v${current}`) throw new Error(`${tag} is not the version of this tree: tag it v${current}`);
  const text = notesOf(read('CHANGELOG.md'), current);
  if (text === undefined) throw new Error(`CHANGELOG.md has nothing under ${current}`);
  return text;
};

const release = async (version: string): Promise<string> => {
  const changelog = released(read('CHANGELOG.md'), version, new Date().toISOString().slice(0, 10));
  await bundleRelease('.', PREVIOUS_RELEASE, 'external');
  for (const file of VERSIONED_FILES) writeFileSync(file, withVersion(file, read(file), version));
  writeFileSync('CHANGELOG.md', changelog);
  return `This tree is ${version}. Look at it, commit it, then: git tag v${version} && git push origin main v${version}`;
};

try {
  const [first, second, ...rest] = process.argv.slice(2);
  if (first === undefined || rest.length > 0 || (first === '--notes') !== (second !== undefined))
    throw new Error(USAGE);
  console.log(second === undefined ? await release(nextVersion(first, current)) : notes(second));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { PlantedBug } from './planted-bugs.js';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** The time for the tests of one bug, on a busy machine. A bug that makes them hang does not count as noticed. */
const PATIENCE_MS = 15 * 60_000;

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

export interface TestRun {
  /** Names of the tests that failed, with their file. */
  failed: string[];
  /** Whether tests ran to their end: a file that does not load, or without a chosen test, notices nothing. */
  ended: boolean;
  output: string;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
}

/** A copy of the tree, in which bugs are planted and taken out again. */
export class TreeCopy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'switchboard-planted-'));

  constructor() {
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: REPOSITORY,
      encoding: 'utf8',
    });
    for (const file of files.split('\0').filter((one) => one !== '' && existsSync(join(REPOSITORY, one))))
      cpSync(join(REPOSITORY, file), join(this.#folder, file));
    for (const packages of ['node_modules', 'client/node_modules'])
      if (existsSync(join(REPOSITORY, packages)))
        symlinkSync(join(REPOSITORY, packages), join(this.#folder, packages));
  }

  /** Why the bug cannot be planted. */
  objectionsTo({ path, find, replace, tests }: PlantedBug): string[] {
    const file = join(this.#folder, path);
    const times = existsSync(file) ? readFileSync(file, 'utf8').split(find).length - 1 : 0;
    return [
      ...(times === 1 ? [] : [`its text is ${times} times in ${path}`]),
      ...(find === replace ? ['it changes nothing'] : []),
      ...(tests.length > 0 ? [] : ['it names no tests']),
      ...tests.filter((test) => !existsSync(join(this.#folder, test))).map((test) => `there is no ${test}`),
    ];
  }

  async withBug<T>({ path, find, replace }: PlantedBug, work: () => Promise<T>): Promise<T> {
    const file = join(this.#folder, path);
    const healthy = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      healthy.replace(find, () => replace),
    );
    try {
      return await work();
    } finally {
      writeFileSync(file, healthy);
    }
  }

  /** File by file, up to the first that fails. */
  async run({ tests, only }: Pick<PlantedBug, 'tests' | 'only'>): Promise<TestRun> {
    let last: TestRun = { failed: [], ended: false, output: '' };
    for (const test of tests) {
      last = await this.#runFile(test, only);
      if (last.failed.length > 0 || !last.ended) return last;
    }
    return last;
  }

  async #runFile(test: string, only: string | undefined): Promise<TestRun> {
    const report = join(this.#folder, 'planted-report.json');
    rmSync(report, { force: true });
    const named = only === undefined ? [] : ['--testNamePattern', only];
    const options = [
      // A worker that loops for ever would outlive the process that is killed.
      '--runInBand',
      '--testTimeout=60000',
      // Tests that take minutes are left out only when all tests run.
      '--testPathIgnorePatterns=/node_modules/',
      '--json',
      `--outputFile=${report}`,
      '--runTestsByPath',
      test,
    ];
    const child = spawn(process.execPath, [...JEST, ...named, ...options], {
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    const output = text(child.stderr);
    await once(child, 'close');
    const { numPassedTests, numFailedTests, testResults }: Report = existsSync(report)
      ? JSON.parse(readFileSync(report, 'utf8'))
      : { numPassedTests: 0, numFailedTests: 0, testResults: [] };
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status, failureMessages }) => status === 'failed' && !failureMessages.every(isTimeout))
      .map(({ fullName }) => `${test} “${fullName.slice(0, 100)}”`);
    const crashed = child.exitCode !== 0 && failed.length === 0;
    return {
      failed,
      ended: numPassedTests + numFailedTests > 0 && !crashed,
      output: (await output).slice(-2_000),
    };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Ignores failures by timeouts: the machine may be busy. */
const isTimeout = (message: string): boolean => message.includes('Exceeded timeout of');

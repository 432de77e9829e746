import { answerHelp } from '../../src/entry/local/answer-help.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { readArguments } from '../support/read-arguments.js';
import { type PlantedBug, plantedBugs } from './planted/planted-bugs.js';
import { TreeCopy } from './planted/tree-copy.js';

const USAGE = 'Usage: npm run planted -- [--check] [name…]';
answerHelp(
  USAGE,
  `Plants each bug of test/robustness/planted, or only the named ones, one at a time in a copy of the tree, runs the tests
that should notice it, and prints which did. Exits with 1 when one survives, or when its text is not in the tree any more.
--check looks for the texts only. Bugs on MySQL are planted where MYSQL_URL names a server.`,
);

const read = () => {
  const { values, positionals } = parseCommandLine({
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false } },
  });
  const all = plantedBugs();
  const unknown = positionals.filter((name) => !all.has(name));
  if (unknown.length > 0) throw new Error(`There is no bug called ${unknown.join(', ')}`);
  const chosen = [...all].filter(([name]) => positionals.length === 0 || positionals.includes(name));
  return { check: values.check, chosen };
};

const { check, chosen } = readArguments(USAGE, read);

const main = async (): Promise<void> => {
  const copy = new TreeCopy();
  try {
    const astray = chosen.flatMap(([name, bug]) => copy.objectionsTo(bug).map((one) => `${name}: ${one}`));
    if (astray.length > 0) throw new Error(astray.join('\n'));
    console.log(`The texts of ${chosen.length} bugs are where they should be.`);
    if (!check)
      await plantAll(
        copy,
        chosen.filter(([name, bug]) => canBePlanted(name, bug)),
      );
  } finally {
    copy.remove();
  }
};

const canBePlanted = (name: string, { onMySql }: PlantedBug): boolean => {
  if (!onMySql || process.env.MYSQL_URL) return true;
  console.log(`${name}: skipped, since MYSQL_URL names no server`);
  return false;
};

const plantAll = async (copy: TreeCopy, bugs: readonly [string, PlantedBug][]): Promise<void> => {
  const healthy = await copy.run({ tests: [...new Set(bugs.flatMap(([, { tests }]) => tests))] });
  if (healthy.failed.length > 0 || !healthy.ended)
    throw new Error(`Without any bug this fails: ${healthy.failed[0] ?? healthy.output}`);

  const survivors: string[] = [];
  for (const [name, bug] of bugs) {
    const { failed, ended, output } = await copy.withBug(bug, () => copy.run(bug));
    if (failed.length === 0) survivors.push(name);
    const seen = failed.length > 0 ? `noticed by ${failed[0]}` : ended ? 'SURVIVED' : `NO ANSWER ${output}`;
    console.log(`${name}: ${seen}`);
  }
  console.log(`${bugs.length - survivors.length} of ${bugs.length} bugs were noticed.`);
  if (survivors.length > 0) process.exitCode = 1;
};

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

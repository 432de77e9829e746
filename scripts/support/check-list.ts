/** One line of the list. Resolves to a remark if there is one about the success. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<string | undefined>;
}

export interface CheckOutcome {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'not tried';
  readonly ms: number;
  readonly remark: string | undefined;
}

const MARKS = { passed: '✓', failed: '✗', 'not tried': '–' };

/** Runs one check after the other, and stops at the first failure: each check builds on the previous ones. */
export const runChecks = async (
  checks: readonly Check[],
  patienceMs: number,
  print: (line: string) => void,
): Promise<CheckOutcome[]> => {
  const outcomes: CheckOutcome[] = [];
  let failed = false;
  for (const check of checks) {
    const outcome: CheckOutcome = failed ? notTried(check) : await tried(check, patienceMs);
    failed ||= outcome.result === 'failed';
    outcomes.push(outcome);
    print(lineOf(outcome));
  }
  return outcomes;
};

const notTried = ({ name }: Check): CheckOutcome => ({ name, result: 'not tried', ms: 0, remark: undefined });

const tried = async ({ name, run }: Check, patienceMs: number): Promise<CheckOutcome> => {
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came within ${patienceMs} ms.`)), patienceMs);
  });
  try {
    const remark = await Promise.race([run(), tooLate]);
    return { name, result: 'passed', ms: since(), remark };
  } catch (error) {
    return { name, result: 'failed', ms: since(), remark: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
};

const lineOf = ({ name, result, ms, remark }: CheckOutcome): string => {
  const time = result === 'not tried' ? 'not tried' : `${ms} ms`;
  return `${MARKS[result]} ${name.padEnd(56)} ${time.padStart(9)}${remark === undefined ? '' : `  ${remark}`}`;
};

import type { SeedResult } from './run-seed.js';

const TAIL = 60;

/** The report of a failed run, with the options of `npm run torture` that repeat it. */
export const reportOf = ({ seed, violations, settings, trace }: SeedResult, options: string): string => {
  const replay = `npm run torture -- --seed ${seed} ${options}`;
  const { faults, ...rest } = settings;
  return [
    `Seed ${seed} breaks ${violations.length} promises. Again, with its trace: ${replay}`,
    ...violations.map(({ rule, text }) => `  ${rule}: ${text.slice(0, 400)}`),
    `  ${JSON.stringify(rest)}`,
    `  ${JSON.stringify(faults)}`,
    ...tailOf(trace, violations[0]?.text ?? ''),
  ].join('\n');
};

/** The last trace lines about the connections and rooms in the first violation. */
const tailOf = (trace: readonly string[], text: string): string[] => {
  const names = text.match(/\w+x\w+=|#\d{13}-\w{6}#\d+|\d{13}-\w{6}#\d+|d\d\d-\d+-\w{8}/g) ?? [];
  const places = names.map((name) =>
    name.replace(/^(\d{13}-\w{6})#(\d+)$/, (_, epoch, offset) => `${epoch}#${offset.padStart(16, '0')}`),
  );
  const told = trace.filter((line) => places.some((place) => line.includes(place)));
  const tail = (told.length > 0 ? told : trace).slice(-TAIL);
  return tail.map((line) => `    ${line.slice(0, 240)}`);
};

import { LIVE_CASES, type LiveCase } from './live-cases.js';
import type { ComparedEndpoint } from './observed.js';

export interface Compared {
  readonly theCase: LiveCase;
  readonly local: string;
  readonly there: string;
}

/** Observes each case at both endpoints, one after the other. */
export const compare = async (
  local: ComparedEndpoint,
  there: ComparedEndpoint,
  print: (line: string) => void,
  cases: readonly LiveCase[] = LIVE_CASES,
): Promise<Compared[]> => {
  const compared: Compared[] = [];
  print(line(' ', '', 'local', 'there'));
  for (const theCase of cases) {
    const one = { theCase, local: await seen(theCase, local), there: await seen(theCase, there) };
    compared.push(one);
    print(line(markOf(one), theCase.name, one.local, one.there));
  }
  return compared;
};

/** Whether the difference contradicts a source. An open question has no wrong answer. */
export const contradicts = ({ theCase, local, there }: Compared): boolean => !theCase.open && local !== there;

/** One sentence for each difference. */
export const differences = (compared: readonly Compared[]): string[] =>
  compared
    .filter(({ local, there }) => local !== there)
    .map(
      ({ theCase, local, there }) =>
        `${theCase.name}: ${there} instead of ${local}. It matters for this: ${theCase.matters}.`,
    );

const markOf = ({ theCase, local, there }: Compared): string => {
  if (local === there) return '=';
  return theCase.open ? '?' : '≠';
};

const seen = (theCase: LiveCase, place: ComparedEndpoint): Promise<string> =>
  theCase.observe(place).catch((error: Error) => `failed: ${error.message}`);

const line = (mark: string, name: string, local: string, there: string): string =>
  `${mark} ${name.padEnd(48)} ${local.padEnd(34)} ${there}`.trimEnd();

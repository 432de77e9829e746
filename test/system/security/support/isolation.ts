import { readFileSync } from 'node:fs';

type Sent = [action: string, fields: Record<string, unknown>];

/** See `about` in the data file. */
export interface Isolation {
  roles: Record<
    string,
    { why: string; permissions: unknown; before: Sent[]; alsoOn?: Sent[]; refreshed?: unknown }
  >;
  frames: { why: string; action: string; fields: Record<string, unknown>; expect: Record<string, string> }[];
  resume: { why: string; room: string; expect: Record<string, string> }[];
}

export const isolation = (): Isolation =>
  JSON.parse(readFileSync(new URL('../../../robustness/hostile/isolation.json', import.meta.url), 'utf8'));

import { readFileSync } from 'node:fs';
import type { GatewayWorld } from '../../gateway/support/gateway-world.js';

export interface ConformanceCase {
  id: string;
  area: string;
  // biome-ignore lint/suspicious/noExplicitAny: the file's cases share no shape
  given: any;
  // biome-ignore lint/suspicious/noExplicitAny: the file's cases share no shape
  expect: any;
  grade: string;
}

/** Checks a gateway against one case of the file. */
export type ConformanceCheck = (world: GatewayWorld, theCase: ConformanceCase) => Promise<void>;

const file = new URL('conformance.json', import.meta.url);

export const conformanceCases: ConformanceCase[] = JSON.parse(readFileSync(file, 'utf8')).cases;

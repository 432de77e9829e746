import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { TIMEOUT_MS } from '../../../../src/entry/lambda/frames/with-time-limit.js';
import type { Stack } from '../support/stack.js';

/** Enough to load the module, and to write the answer. */
const MARGIN_MS = 2_000;
/** API Gateway's own limits: of an integration, and of an authorizer. */
const INTEGRATION_MS = 29_000;
const AUTHORIZER_MS = 10_000;

const EXPECTED: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('numbers.json', import.meta.url), 'utf8'),
);

export const numberSuite = (stack: () => Stack): void => {
  const timeoutMs = (id: string) => Number(stack().one(id).Timeout) * 1_000;

  it('give the router more time than its reply needs, and end it before API Gateway gives up', () => {
    expect(timeoutMs('RouterLambdaFunction')).toBeGreaterThanOrEqual(TIMEOUT_MS + MARGIN_MS);
    expect(timeoutMs('RouterLambdaFunction')).toBeLessThan(INTEGRATION_MS);
    expect(timeoutMs('AuthorizerLambdaFunction')).toBeLessThanOrEqual(AUTHORIZER_MS);
  });

  it('are all repeated here: change both', () => {
    const found = Object.entries(stack().resources).flatMap(([id, resource]) => switches(id, resource));

    expect(Object.fromEntries(found)).toEqual(EXPECTED);
  });
};

/** The numbers, booleans and switches of the template, by their path. Another test checks the variables. */
const switches = (path: string, value: unknown): [path: string, value: unknown][] => {
  if (typeof value === 'number' || typeof value === 'boolean') return [[path, value]];
  if (typeof value === 'string') return SWITCH.test(value) ? [[path, value]] : [];
  const inside = Object.entries(value ?? {}).filter(([name]) => name !== 'Environment');
  return inside.flatMap(([name, inner]) => switches(`${path}.${name}`, inner));
};

const SWITCH =
  /^(\d+|on|off|true|false|Enabled|Disabled|Retain|Delete|Snapshot|PAY_PER_REQUEST|PROVISIONED|arm64|x86_64|nodejs\d+\.x)$/;

import { expect, it } from '@jest/globals';
import { specificationProblems } from '../support/specification-problems.js';
import type { Stack } from '../support/stack.js';

export const specificationSuite = (stack: () => Stack): void => {
  it('allows everything in the template', () => {
    expect(specificationProblems(stack().resources)).toEqual([]);
  });
};

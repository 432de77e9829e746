import { expect, it } from '@jest/globals';
import { specificationProblems } from '../support/specification-problems.js';
import type { Stack } from '../support/stack.js';

export const specificationSuite = (stack: () => Stack): void => {
  it('says nothing that the published resource specification does not allow', () => {
    expect(specificationProblems(stack().resources)).toEqual([]);
  });
};

import { describe, expect, it } from '@jest/globals';
import { Palette } from '../../../demo/people/palette.js';

const names = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `user-${from + index}`);

describe('The colours of a room', () => {
  it('are all different while there are enough', () => {
    const here = names(1, 12);
    const palette = new Palette(() => here);

    expect(new Set(here.map((name) => palette.hueOf(name))).size).toBe(12);
  });

  it('stay as they are when others come', () => {
    const palette = new Palette(() => []);
    const before = palette.hueOf('alice');
    for (const name of names(1, 30)) palette.hueOf(name);
    const anew = new Palette(() => []);

    expect(anew.hueOf('alice')).toBe(before);
  });

  it('are free again when their people can no longer be seen', () => {
    let here = names(1, 12);
    const palette = new Palette(() => here);
    for (const name of here) palette.hueOf(name);

    here = names(101, 12);
    expect(new Set(here.map((name) => palette.hueOf(name))).size).toBe(12);
  });
});

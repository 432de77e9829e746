import type { Page } from 'playwright-core';

export interface Contrast {
  text: string;
  ratio: number;
}

/** Runs in the page. Colours may be in any notation: a canvas turns them into bytes. */
const MEASURE = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const paint = (colours, opacity = 1) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const [index, colour] of colours.entries()) {
      canvas.globalAlpha = index === colours.length - 1 ? opacity : 1;
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (bytes) => {
    const [r, g, b] = bytes.map((byte) => (byte /= 255) <= 0.04045 ? byte / 12.92 : ((byte + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest('.unseen')) continue;
    const ancestors = [];
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) {
      ancestors.unshift(getComputedStyle(one).backgroundColor);
      opacity *= Number(getComputedStyle(one).opacity);
    }
    const back = luminance(paint(ancestors));
    const front = luminance(paint([...ancestors, getComputedStyle(element).color], opacity));
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    found.push({ text: node.data.trim().slice(0, 40), ratio });
  }
  return found;
})()`;

/** The contrast of every visible text with its background, by WCAG's formula. */
export const contrasts = (page: Page): Promise<Contrast[]> => page.evaluate<Contrast[]>(MEASURE);

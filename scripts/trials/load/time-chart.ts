import type { Report } from './run-load.js';
import { KINDS } from './times.js';

const WIDTH = 760;
const LEFT = 150;
const BAR = 14;
const SHADES = { p50: '#2a6f97', p95: '#61a5c2', p99: '#a9d6e5' } as const;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A chart of the times on a logarithmic scale, below the counts of lost messages. */
export const timeChart = (report: Report): string => {
  const most = Math.max(10, ...KINDS.map((kind) => report.times[kind].p99));
  const scale = (ms: number) => (Math.log10(ms + 1) / Math.log10(most + 1)) * (WIDTH - LEFT - 90);
  const bars = KINDS.flatMap((kind, row) =>
    (Object.keys(SHADES) as (keyof typeof SHADES)[]).map((share, line) => {
      const y = 84 + row * 66 + line * (BAR + 3);
      const ms = report.times[kind][share];
      return (
        `<text x="${LEFT - 10}" y="${y + 11}" text-anchor="end">${line === 0 ? `${kind} ` : ''}${share}</text>` +
        `<rect x="${LEFT}" y="${y}" width="${Math.max(1, scale(ms)).toFixed(1)}" height="${BAR}" fill="${SHADES[share]}"/>` +
        `<text x="${(LEFT + scale(ms) + 8).toFixed(1)}" y="${y + 11}">${ms} ms</text>`
      );
    }),
  );
  const { plan, connected, published, lost, doubled, disordered, errors } = report;
  const failed = Object.values(errors).reduce((total, count) => total + count, 0);
  const lines = [
    `${connected} of ${plan.connections} connections in ${plan.rooms} rooms, ${published} publications at ${plan.rate} a second`,
    `${lost} lost, ${doubled} doubled, ${disordered} out of order, ${failed} errors`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${90 + KINDS.length * 66}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...lines.map(
      (line, index) => `<text x="20" y="${28 + index * 20}" font-size="14">${escaped(line)}</text>`,
    ),
    ...bars,
    '</svg>\n',
  ].join('\n');
};

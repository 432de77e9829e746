import { DATA_BYTES } from '../../protocol/limits.js';
import type { Amounts } from '../../src/entry/local/bill/amounts.js';
import type { Events } from './events.js';
import { type Shape, STEPS } from './steps.js';

/**
 * AWS's bill for this traffic, with today's code. Every message fits into one unit of 32 KB, as `data` has at most 16 KB.
 * It leaves out rare events: a user's first day, repetitions and failed pushes.
 */
export const predict = (events: Partial<Events>, shape: Shape): Amounts => {
  if (shape.dataBytes > DATA_BYTES)
    throw new Error(`data may have ${DATA_BYTES} bytes. Set --data-bytes to less.`);
  const { connectionMinutes = 0, ...counts } = events;
  const amounts: Amounts = {
    messages: 0,
    connectionMinutes,
    invocations: 0,
    gigabyteSeconds: 0,
    readUnits: 0,
    writeUnits: 0,
    logBytes: 0,
  };
  for (const event of Object.keys(counts) as (keyof typeof counts)[]) {
    const step = STEPS[event](shape);
    for (const kind of Object.keys(step) as (keyof typeof step)[])
      amounts[kind] += (counts[event] ?? 0) * step[kind];
  }
  return amounts;
};

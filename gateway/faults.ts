import type { DisconnectEvent } from './lambda/event-shapes.js';

/**
 * Deliberate failures of the gateway. Both members may be set, replaced and removed while it runs; each is called
 * once for each call or event, in the order of their arrival.
 *
 * ```ts
 * gateway.faults.callback = share(0.2, { answer: 410 }, seededRandom(7));
 * gateway.faults.callback = ({ method }) => (method === 'POST' ? { answer: 'hang', carryOut: true } : undefined);
 * gateway.faults.disconnect = () => 'drop';
 * ```
 */
export interface Faults {
  /** Called for each signed call of `@connections`; undefined means no fault. */
  callback?: ((call: CallbackCall) => CallbackFault | undefined) | undefined;
  /** Called for each `$disconnect` that is due; undefined means no fault. Closing the gateway ends a delay. */
  disconnect?: ((event: DisconnectEvent) => DisconnectFault | undefined) | undefined;
}

export interface CallbackCall {
  method: string;
  connectionId: string;
}

export interface CallbackFault {
  /** An HTTP status with API Gateway's name of the error, a TCP reset, or no answer at all. */
  answer: 400 | 403 | 410 | 413 | 429 | 500 | 502 | 503 | 504 | 'reset' | 'hang';
  /** Whether the call still takes effect, as if only its answer were lost. Default: false. */
  carryOut?: boolean;
}

export type DisconnectFault = 'drop' | 'duplicate' | { delayMs: number };

/** A fault for this share (0 to 1) of the calls, by a random function that a test can seed. */
export const share =
  <Fault>(probability: number, fault: Fault, random: () => number = Math.random): (() => Fault | undefined) =>
  () =>
    random() < probability ? fault : undefined;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

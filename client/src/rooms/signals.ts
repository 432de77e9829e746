import type { Limits } from '../../../protocol/limits.js';
import type { Session } from '../connection/session.js';
import type { SignalOptions } from '../feed.js';
import { snapshot } from '../requests/encode.js';
import { createPacer } from '../requests/pacer.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { createTimer } from '../time/timer.js';
import { randomKey } from './random-key.js';

/** Beyond this many, all begin anew: what is newest in each of them may be lost. */
const MAX_STREAMS = 100;

interface Stream {
  readonly tag: string;
  /** The newest, until it is sent. */
  fields?: object | undefined;
}

/** Sends signals no faster than the server takes them: the newest of a stream waits, and all else is lost. */
export interface Signals {
  send(
    where: { readonly room: string } | { readonly to: string },
    data: unknown,
    options?: SignalOptions | null,
  ): void;
  greeted(limits?: Partial<Limits>): void;
  refused(error: SwitchboardError): void;
}

export const createSignals = (session: Session): Signals => {
  const { clock, random } = session.config;
  const timer = createTimer(clock);
  const streams = new Map<string, Stream>();
  let takeTurn: () => number;
  let number = 0;
  let heldUntil = 0;

  const flush = () => {
    for (const [name, stream] of streams) {
      if (!stream.fields) continue;
      const heldMs = Math.max(0, heldUntil - clock.now()) || takeTurn();
      if (heldMs) return timer.set(flush, heldMs);
      session.link?.tell('signal', stream.fields);
      stream.fields = undefined;
      // The others come first now.
      streams.delete(name);
      streams.set(name, stream);
    }
  };

  const signals: Signals = {
    send: (where, data, options) => {
      const name = JSON.stringify([where, options?.latest]);
      if (streams.size > MAX_STREAMS) streams.clear();
      const stream: Stream = streams.get(name) ?? { tag: randomKey(random) };
      streams.set(name, stream);
      stream.fields = { ...where, tag: stream.tag, number: ++number, data: snapshot(data) };
      flush();
      if (options?.latest == null) stream.fields = undefined;
    },
    // Half of what a connection may send is left to everything else.
    greeted: ({ framesPerSecond = 10, framesAtOnce = 20 } = {}) => {
      takeTurn = createPacer(clock, framesAtOnce / 2, 2_000 / framesPerSecond);
    },
    refused: ({ code, retryAfterMs = 0 }) => {
      heldUntil = clock.now() + retryAfterMs;
      // The server forgot us, or that we are in.
      if (/^(not_a_member|session_unknown)$/.test(code)) session.doubt();
    },
  };
  signals.greeted();
  return signals;
};

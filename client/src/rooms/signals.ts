import type { Limits } from '../../../protocol/limits.js';
import type { Session } from '../connection/session.js';
import type { SignalOptions } from '../feed.js';
import { wrongOption } from '../options/wrong-option.js';
import { snapshot } from '../requests/encode.js';
import { createPacer } from '../requests/pacer.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { createTimer } from '../time/timer.js';
import { randomKey } from './random-key.js';

/** Beyond this many streams, all begin anew: the newest signal of each may be lost. */
const MAX_STREAMS = 100;

/** Sends signals no faster than the server allows: the newest of a stream waits, and all others are lost. */
export interface Signals {
  send(
    where: { readonly room: string } | { readonly to: string },
    data: unknown,
    options?: SignalOptions | null,
    isMember?: () => boolean,
  ): void;
  greeted(limits?: Partial<Limits>): void;
  refused(error: SwitchboardError): void;
}

export const createSignals = (session: Session): Signals => {
  const { clock, random } = session.config;
  const timer = createTimer(clock);
  const tags = new Map<string, string>();
  /** The newest of each stream, until it is sent. A stream that was sent moves behind the others. */
  const waiting = new Map<string, () => object | false>();
  let takeTurn: () => number;
  let number = 0;
  let heldUntil = 0;

  const flush = () => {
    for (const [stream, fieldsOf] of waiting) {
      const fields = fieldsOf();
      const heldMs = fields && (Math.max(0, heldUntil - clock.now()) || takeTurn());
      if (heldMs) return timer.set(flush, heldMs);
      if (fields) session.link?.tell('signal', fields);
      waiting.delete(stream);
    }
  };

  return {
    send: (where, data, options, isMember = () => true) => {
      const { latest } = options ?? {};
      if (latest != null && typeof latest !== 'string') throw wrongOption('latest');
      const copy = snapshot(data);
      if (!session.link || !isMember()) return;
      if (tags.size > MAX_STREAMS) {
        tags.clear();
        waiting.clear();
      }
      const stream = JSON.stringify([where, latest]);
      const tag = tags.get(stream) ?? randomKey(random);
      tags.set(stream, tag);
      const fields = { ...where, tag, number: ++number, data: copy };
      // The room may be left before its turn comes.
      waiting.set(stream, () => isMember() && fields);
      flush();
      if (latest == null) waiting.delete(stream);
    },
    // Half of a connection's frames are left for everything else.
    greeted: ({ framesPerSecond = 10, framesAtOnce = 20 } = {}) => {
      takeTurn = createPacer(clock, framesAtOnce / 2, 2_000 / framesPerSecond);
    },
    refused: ({ code, retryAfterMs = 0 }) => {
      heldUntil = clock.now() + retryAfterMs;
      // The server has forgotten this connection, or its membership.
      if (/^(not_a_member|session_unknown)$/.test(code)) session.doubt();
    },
  };
};

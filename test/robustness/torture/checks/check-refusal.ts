import { type ClientFrame, targetOf } from '../simulation/gateway/client-frame.js';
import type { SimulatedConnection } from '../simulation/gateway/simulated-connection.js';
import type { Invocation } from '../simulation/instances/invocation.js';
import type { Stay } from '../simulation/records/ledger.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';

/** A client is refused only for an injected fault or for its own mistake. */
export const checkRefusal = (
  { ledger, settings, sessions }: SimulatedWorld,
  { id, state, connectMs, userId }: SimulatedConnection,
  frame: ClientFrame,
  code: string,
  invocation: Invocation,
  stay: Stay | undefined,
): void => {
  ledger.count(`error ${code}`);
  const text = `${id} (${userId}) asked ${JSON.stringify(frame)} and got ${code} by ${invocation.name}`;
  if (['unavailable', 'conflict', 'timeout', 'rate_limited'].includes(code)) return;
  if (state !== 'open') return;
  if (code === 'not_a_member' && stay?.until !== Number.POSITIVE_INFINITY) return;
  if (code === 'session_unknown' && (connectMs >= settings.openingMs || sessions.mayBeKicked(id))) return;
  const shows = frame.action === 'presence' || frame.state !== undefined;
  if (code === 'forbidden' && shows && sessions.isRenewed(id)) return;
  const wasOtherData = ledger.asked.some(
    (one) =>
      one.room === targetOf(frame) &&
      one.from === userId &&
      one.key === frame.key &&
      one.data !== JSON.stringify(frame.data),
  );
  if (code === 'idempotency_conflict' && wasOtherData) return;
  ledger.violate('refusals', text);
};

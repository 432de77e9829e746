import { type Membership, mayBeOpening } from '../../domain/membership.js';
import type { ClientNotifier } from '../ports/client-notifier.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionCleanup } from './connection-cleanup.js';

const PROBE_MS = 2_000;

/** Asks the holder of the sockets which connections are gone. It does not see a cut that neither side has noticed. */
export class GoneMembers {
  constructor(
    private readonly clients: ClientNotifier,
    private readonly cleanup: ConnectionCleanup,
    private readonly clock: Clock,
    /** How long a connection may be opening, in milliseconds: `@connections` does not know it yet. */
    private readonly openingMs: number,
  ) {}

  /** Asks about all of them at once, forgets the connections that are gone, and resolves to them. */
  async forget(members: readonly Membership[]): Promise<Membership[]> {
    const deadline = this.clock.now() + PROBE_MS;
    const gone = await Promise.all(members.map((member) => this.#isGone(member, deadline)));
    return members.filter((_, index) => gone[index]);
  }

  async #isGone(member: Membership, deadline: number): Promise<boolean> {
    const isOpening = () => mayBeOpening(member, this.clients.now?.() ?? this.clock.now(), this.openingMs);
    if (isOpening()) return false;
    // The probe may be the first answer that tells the platform's time.
    if ((await this.clients.probe(member.connectionId, deadline)) !== 'gone' || isOpening()) return false;
    await this.cleanup.forgetMember(member);
    return true;
  }
}

import type { ActionFrame, Reply, RoomDigest } from '../../../protocol/actions.js';
import type { Room } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import { digestOf } from '../../domain/roster.js';
import type { AccessControl } from '../access/access-control.js';
import type { AccessPolicy } from '../ports/access-policy.js';
import type { PeekedHead, PublicationLog } from '../ports/publication-log.js';
import type { Rosters } from '../presence/rosters.js';
import { settleAll } from '../settle-all.js';

type Ahead = readonly (readonly [room: Room, peeked: PeekedHead])[];

/** Keeps a connection from idling, and shows a client whether it lost a push or a presence notice. */
export class Ping {
  constructor(
    private readonly access: AccessControl,
    private readonly log: PublicationLog,
    private readonly policy: AccessPolicy,
    private readonly rosters: Rosters,
  ) {}

  /** Read beside the session. It writes nothing, because the caller's membership is not yet known. */
  async lookAhead(identity: Identity, { rooms = [], digests = [] }: ActionFrame<'ping'>): Promise<Ahead> {
    const asked = [...new Set(rooms)];
    const named = new Set([...asked, ...digests.map(({ room }) => room)]);
    const memberships = [...named].map((room) => this.access.checkMembership(identity, room));
    const heads = asked.map(
      async (room) => [room, await this.log.peek(room, identity.time?.signal)] as const,
    );
    const [, found] = await settleAll([settleAll(memberships), settleAll(heads)]);
    return found;
  }

  async execute(
    caller: Caller,
    frame: ActionFrame<'ping'>,
    ahead = this.lookAhead(caller, frame),
  ): Promise<Reply<'ping'>> {
    const heads = (await ahead).map(async ([room, peeked]) => [room, await peeked.head()] as const);
    const { digests } = frame;
    const [found, stale] = await settleAll([settleAll(heads), digests && this.#stale(caller, digests)]);
    return { heads: Object.fromEntries(found), ...(stale && { stale }) };
  }

  /** The rooms whose roster differs. It leaves out rooms whose roster the caller may not see. */
  async #stale(caller: Caller, digests: readonly RoomDigest[]): Promise<Room[]> {
    const compared = digests.map(async ({ room, digest }) => {
      if (!(await this.policy.allows(caller, 'presence', room))) return [];
      const roster = await this.rosters.read(room, { signal: caller.time?.signal });
      return roster.truncated || digestOf(roster) !== digest ? [room] : [];
    });
    return (await settleAll(compared)).flat();
  }
}

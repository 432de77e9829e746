import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Room } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import { ClientError } from '../../domain/client-error.js';
import type { JsonText } from '../../domain/json/json-text.js';
import type { Membership } from '../../domain/membership.js';
import { digestOf, type Roster } from '../../domain/roster.js';
import type { AccessControl } from '../access/access-control.js';
import type { MemberStates } from '../ports/member-states.js';
import type { PresenceNotices } from './presence-notices.js';
import type { Rosters } from './rosters.js';

type Message = Omit<ActionFrame<'state'>, 'state'> & { state: JsonText };

/** Keeps a member's state, and tells the others. */
export class SetState {
  constructor(
    private readonly access: AccessControl,
    private readonly rosters: Rosters,
    private readonly states: MemberStates,
    private readonly notices: PresenceNotices,
  ) {}

  async execute(caller: Caller, { room, state, counter }: Message): Promise<Reply<'state'>> {
    const before = await this.#rosterWith(caller, room);
    await this.access.checkPermission(caller, 'presence', room);
    if (before.truncated) throw new ClientError('room_too_large');
    const own = ownOf(caller, before);
    if (!own) throw new ClientError('not_a_member');

    caller.time?.signal.throwIfAborted();
    const said = { state, counter };
    if (!(await this.states.set(own, said))) throw new ClientError('not_a_member');
    // Read again: a client that joined meanwhile may have read the roster without it.
    const roster = await this.rosters.read(room);
    await this.notices.entered(own, roster, { isNew: false, said });
    return { room, ...(!roster.truncated && { digest: digestOf(roster) }) };
  }

  /** With the caller in it, unless the room is too large. */
  async #rosterWith(caller: Caller, room: Room): Promise<Roster> {
    const read = () => this.rosters.read(room, { signal: caller.time?.signal });
    const roster = await read();
    if (ownOf(caller, roster)) return roster;
    await this.access.checkMembership(caller, room);
    // Its join was done while the roster was read.
    return roster.truncated ? roster : read();
  }
}

const ownOf = ({ connectionId, userId }: Caller, { memberships }: Roster): Membership | undefined =>
  memberships.find((one) => one.connectionId === connectionId && one.userId === userId);

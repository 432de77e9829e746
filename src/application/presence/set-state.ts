import type { ActionFrame, Reply } from '../../../protocol/actions.js';
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
    const before = await this.rosters.read(room);
    const own = ownOf(caller, before);
    if (!own) await this.access.checkMembership(caller, room);
    await this.access.checkPermission(caller, 'presence', room);
    if (!own || before.truncated) throw new ClientError('room_too_large');

    caller.time?.signal.throwIfAborted();
    const said = { state, counter };
    if (!(await this.states.set(own, said))) throw new ClientError('not_a_member');
    // Read again: a client that joined meanwhile may have read the roster without it.
    const roster = await this.rosters.read(room);
    await this.notices.entered(own, roster, { isNew: false, said });
    return { room, ...(!roster.truncated && { digest: digestOf(roster) }) };
  }
}

const ownOf = ({ connectionId, userId }: Caller, { memberships }: Roster): Membership | undefined =>
  memberships.find((one) => one.connectionId === connectionId && one.userId === userId);

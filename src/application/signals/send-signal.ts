import type { ActionFrame } from '../../../protocol/actions.js';
import { inboxOf } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import { ClientError } from '../../domain/client-error.js';
import type { Serialised } from '../../domain/json/json-text.js';
import type { Membership } from '../../domain/membership.js';
import type { AccessControl } from '../access/access-control.js';
import type { Delivery } from '../delivery/pusher.js';
import { settleAll } from '../settle-all.js';
import type { Signaller } from './signaller.js';

type Addressed = Pick<ActionFrame<'signal'>, 'room' | 'to'>;

export class SendSignal {
  constructor(
    private readonly access: AccessControl,
    private readonly signaller: Signaller,
  ) {}

  /** One read yields the receivers and shows whether the caller is among them. */
  async lookAhead(identity: Identity, { room, to = '' }: Addressed): Promise<readonly Membership[]> {
    const members = await this.signaller.members(room ?? inboxOf(to), identity.time);
    const { connectionId, userId } = identity;
    const isMember = (member: Membership) => member.connectionId === connectionId && member.userId === userId;
    if (members) {
      if (room === undefined || members.some(isMember)) return members;
      throw new ClientError('not_a_member');
    }
    if (room !== undefined) await this.access.checkMembership(identity, room);
    throw new ClientError('room_too_large');
  }

  async execute(
    caller: Caller,
    message: Serialised<ActionFrame<'signal'>>,
    ahead = this.lookAhead(caller, message),
  ): Promise<Delivery> {
    const { to = '', data, tag, number } = message;
    const room = message.room ?? inboxOf(to);
    const action = message.room === undefined ? 'send' : 'signal';
    const [members] = await settleAll([ahead, this.access.checkPermission(caller, action, room)]);
    const others = members.filter(({ connectionId }) => connectionId !== caller.connectionId);
    return this.signaller.signal(room, { from: caller.userId, tag, number, data }, others);
  }
}

import type { ActionFrame } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import type { Serialised } from '../../domain/json/json-text.js';
import type { AccessControl } from '../access/access-control.js';
import { settleAll } from '../settle-all.js';
import type { Ahead, Publisher, PublishOutcome } from './publisher.js';

export class PublishToRoom {
  constructor(
    private readonly access: AccessControl,
    private readonly publisher: Publisher,
  ) {}

  async lookAhead(identity: Identity, { room }: Pick<ActionFrame<'publish'>, 'room'>): Promise<Ahead> {
    const [, ahead] = await settleAll([
      this.access.checkMembership(identity, room),
      this.publisher.lookAhead(identity, room),
    ]);
    return ahead;
  }

  async execute(
    caller: Caller,
    message: Serialised<ActionFrame<'publish'>>,
    ahead = this.lookAhead(caller, message),
  ): Promise<PublishOutcome> {
    const { room } = message;
    const [known] = await settleAll([ahead, this.access.checkPermission(caller, 'publish', room)]);
    return this.publisher.publish(room, caller, message, known);
  }
}

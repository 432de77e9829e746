import type { ActionFrame } from '../../../protocol/actions.js';
import { EVERYONE } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import type { Serialised } from '../../domain/json/json-text.js';
import type { AccessControl } from '../access/access-control.js';
import { settleAll } from '../settle-all.js';
import type { Ahead, Publisher, PublishOutcome } from './publisher.js';

export class Broadcast {
  constructor(
    private readonly access: AccessControl,
    private readonly publisher: Publisher,
  ) {}

  lookAhead(identity: Identity): Promise<Ahead> {
    return this.publisher.lookAhead(identity, EVERYONE);
  }

  async execute(
    caller: Caller,
    message: Serialised<ActionFrame<'broadcast'>>,
    ahead = this.lookAhead(caller),
  ): Promise<PublishOutcome> {
    const [, known] = await settleAll([this.access.checkPermission(caller, 'broadcast', EVERYONE), ahead]);
    return this.publisher.publish(EVERYONE, caller, message, known);
  }
}

import type { ActionFrame } from '../../../protocol/actions.js';
import { inboxOf } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import type { Serialised } from '../../domain/json/json-text.js';
import type { AccessControl } from '../access/access-control.js';
import { settleAll } from '../settle-all.js';
import type { Ahead, Publisher, PublishOutcome } from './publisher.js';

/** A message to an offline or unknown user waits in the inbox: the answer does not tell which users exist. */
export class SendDirectMessage {
  constructor(
    private readonly access: AccessControl,
    private readonly publisher: Publisher,
  ) {}

  lookAhead(identity: Identity, { to }: Pick<ActionFrame<'send'>, 'to'>): Promise<Ahead> {
    return this.publisher.lookAhead(identity, inboxOf(to));
  }

  async execute(
    caller: Caller,
    message: Serialised<ActionFrame<'send'>>,
    ahead = this.lookAhead(caller, message),
  ): Promise<PublishOutcome> {
    const inbox = inboxOf(message.to);
    const [, known] = await settleAll([this.access.checkPermission(caller, 'send', inbox), ahead]);
    return this.publisher.publish(inbox, caller, message, known);
  }
}

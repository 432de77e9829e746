import type { ActionFrame } from '../../../protocol/actions.js';
import { inboxOf } from '../../../protocol/names.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { AccessControl } from '../access/access-control.js';
import type { Publisher, PublishOutcome } from './publisher.js';

/** To a user who is offline, or unknown, it waits in his inbox: the answer tells nobody who exists. */
export class SendDirectMessage {
  constructor(
    private readonly access: AccessControl,
    private readonly publisher: Publisher,
  ) {}

  async execute(caller: Caller, { to, data, key }: Serialised<ActionFrame<'send'>>): Promise<PublishOutcome> {
    const inbox = inboxOf(to);
    await this.access.checkPermission(caller, 'send', inbox);
    return this.publisher.publish(inbox, caller, data, key);
  }
}

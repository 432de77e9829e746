import type { ActionFrame } from '../../../protocol/actions.js';
import { inboxOf } from '../../../protocol/names.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { Publisher, PublishOutcome } from './publisher.js';

/** To a user who is offline, or unknown, it waits in his inbox: the answer tells nobody who exists. */
export class SendDirectMessage {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly publisher: Publisher,
  ) {}

  async execute(caller: Caller, { to, data, key }: Serialised<ActionFrame<'send'>>): Promise<PublishOutcome> {
    const inbox = inboxOf(to);
    await this.doorkeeper.check(caller, 'send', inbox);
    return this.publisher.publish(inbox, caller, data, key);
  }
}

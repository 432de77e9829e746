import type { Caller } from '../domain/caller.js';
import type { SendMessage } from '../domain/client-message.js';
import { inboxOf } from '../domain/room.js';
import type { Publisher, PublishResult } from './publisher.js';

/** To a user who is offline, or unknown, it waits in his inbox: the answer tells nobody who exists. */
export class SendDirectMessage {
  constructor(private readonly publisher: Publisher) {}

  async execute(caller: Caller, { to, data, key }: SendMessage): Promise<PublishResult> {
    return this.publisher.publish(inboxOf(to), caller, data, key);
  }
}

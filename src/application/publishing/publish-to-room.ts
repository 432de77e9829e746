import type { ActionFrame } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { Publisher, PublishOutcome } from './publisher.js';

export class PublishToRoom {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly publisher: Publisher,
  ) {}

  async execute(
    caller: Caller,
    { room, data, key }: Serialised<ActionFrame<'publish'>>,
  ): Promise<PublishOutcome> {
    await this.doorkeeper.checkMember(caller, room);
    await this.doorkeeper.check(caller, 'publish', room);
    return this.publisher.publish(room, caller, data, key);
  }
}

import type { ActionFrame } from '../../../protocol/actions.js';
import { EVERYONE } from '../../../protocol/names.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { Publisher, PublishOutcome } from './publisher.js';

export class Broadcast {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly publisher: Publisher,
  ) {}

  async execute(
    caller: Caller,
    { data, key }: Serialised<ActionFrame<'broadcast'>>,
  ): Promise<PublishOutcome> {
    await this.doorkeeper.check(caller, 'broadcast', EVERYONE);
    return this.publisher.publish(EVERYONE, caller, data, key);
  }
}

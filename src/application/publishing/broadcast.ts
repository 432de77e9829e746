import type { ActionFrame } from '../../../protocol/actions.js';
import { EVERYONE } from '../../../protocol/names.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { AccessControl } from '../access/access-control.js';
import type { Publisher, PublishOutcome } from './publisher.js';

export class Broadcast {
  constructor(
    private readonly access: AccessControl,
    private readonly publisher: Publisher,
  ) {}

  async execute(
    caller: Caller,
    { data, key }: Serialised<ActionFrame<'broadcast'>>,
  ): Promise<PublishOutcome> {
    await this.access.checkPermission(caller, 'broadcast', EVERYONE);
    return this.publisher.publish(EVERYONE, caller, data, key);
  }
}

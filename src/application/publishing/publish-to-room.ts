import type { ActionFrame } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { AccessControl } from '../access/access-control.js';
import type { Publisher, PublishOutcome } from './publisher.js';

export class PublishToRoom {
  constructor(
    private readonly access: AccessControl,
    private readonly publisher: Publisher,
  ) {}

  async execute(
    caller: Caller,
    { room, data, key }: Serialised<ActionFrame<'publish'>>,
  ): Promise<PublishOutcome> {
    await this.access.checkMembership(caller, room);
    await this.access.checkPermission(caller, 'publish', room);
    return this.publisher.publish(room, caller, data, key);
  }
}

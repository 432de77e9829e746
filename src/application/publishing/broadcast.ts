import type { Caller } from '../../domain/caller.js';
import type { BroadcastMessage } from '../../domain/client-message.js';
import type { Serialised } from '../../domain/json-text.js';
import { EVERYONE } from '../../domain/room.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { Published, Publisher } from './publisher.js';

export class Broadcast {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly publisher: Publisher,
  ) {}

  async execute(caller: Caller, { data, key }: Serialised<BroadcastMessage>): Promise<Published> {
    await this.doorkeeper.check(caller, 'broadcast', EVERYONE);
    return this.publisher.publish(EVERYONE, caller, data, key);
  }
}

import type { Caller } from '../../domain/caller.js';
import type { PublishMessage } from '../../domain/client-message.js';
import type { Serialised } from '../../domain/json-text.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { Published, Publisher } from './publisher.js';

export class PublishToRoom {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly publisher: Publisher,
  ) {}

  async execute(caller: Caller, { room, data, key }: Serialised<PublishMessage>): Promise<Published> {
    await this.doorkeeper.checkMember(caller, room);
    await this.doorkeeper.check(caller, 'publish', room);
    return this.publisher.publish(room, caller, data, key);
  }
}

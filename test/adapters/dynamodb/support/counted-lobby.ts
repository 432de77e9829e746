import { beforeEach } from '@jest/globals';
import type { Caller } from '../../../../src/domain/access/caller.js';
import { JsonText } from '../../../../src/domain/json/json-text.js';
import { TestDynamoDB } from '../../../support/servers/dynamodb.js';
import { CountedWorld } from '../../../support/worlds/counted-world.js';

export const LOBBY = { room: 'lobby' };

/** Alice and the lobby, on a system whose operations are counted. To be created at the top of a `describe`. */
export class CountedLobby {
  world!: CountedWorld;
  alice!: Caller;
  readonly #dynamodb = new TestDynamoDB();

  constructor() {
    beforeEach(() => this.begin());
  }

  /** Anew, with these settings. */
  async begin(env: Record<string, string> = {}): Promise<void> {
    this.world = new CountedWorld(await this.#dynamodb.table(), await this.#dynamodb.table(), env);
    this.alice = await this.world.connect('alice');
  }

  during(work: () => Promise<unknown>): Promise<string[]> {
    return this.world.operationsOf(work);
  }

  publish(key?: string) {
    return this.world.app.publishToRoom.execute(this.alice, {
      action: 'publish',
      ...LOBBY,
      data: JsonText.of('x'),
      ...(key && { key }),
    });
  }

  join(rest: object = {}) {
    return this.world.app.joinRoom.execute(this.alice, { action: 'join', ...LOBBY, ...rest });
  }

  /** A room with an earlier publication. */
  async settle(): Promise<void> {
    await this.join();
    await this.publish();
    this.world.clock.advance(60_000);
  }
}

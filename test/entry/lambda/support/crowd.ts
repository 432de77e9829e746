import { expect } from '@jest/globals';
import type { Action, AnyAction } from '../../../../protocol/actions.js';
import { ROSTER_USERS } from '../../../../protocol/limits.js';
import type { Pushes } from '../../../../protocol/pushes.js';
import type { Publication } from '../../../../src/domain/publications/publication.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { createRouter } from '../../../../src/entry/lambda/handlers/create-router.js';
import { parseServerFrame, type ServerFrame } from '../../../support/server-frame.js';
import { InMemoryWorld } from '../../../support/worlds/in-memory-world.js';
import { LONGEST_ID, ME, userOf } from './longest-names.js';

/**
 * A hundred users with the longest names in the room with the longest name, who have published large and small
 * messages.
 */
export class Crowd {
  /** The largest reply to each action, and the largest push of each type, in bytes. */
  readonly replies = new Map<Action, number>();
  readonly pushes = new Map<keyof Pushes, number>();
  readonly world = new InMemoryWorld();
  readonly #router = createRouter(this.world.app, new EventLog('silent'));

  async ask(action: Action, fields: object = {}, userId = ME): Promise<ServerFrame> {
    const body = await this.tell(action, fields, userId);
    const reply = parseServerFrame(body, action);
    expect([reply.type, reply.code]).toEqual(['ack', undefined]);
    this.replies.set(action, Math.max(this.replies.get(action) ?? 0, Buffer.byteLength(body)));
    return reply;
  }

  /** Resolves to the reply, if there is one. */
  async tell(action: AnyAction, fields: object, userId: string): Promise<string> {
    const { permissions } = this.world.caller(userId);
    const { body = '' } = await this.#router({
      requestContext: {
        routeKey: action,
        eventType: 'MESSAGE',
        connectionId: `${userId}=`,
        requestId: 'R1R1R1R1R1R1R1R=',
        connectedAt: this.world.clock.now(),
        authorizer: { principalId: userId, userId, permissions },
      },
      body: JSON.stringify({ action, id: LONGEST_ID, ...fields }),
    });
    this.#pushed();
    return body;
  }

  async deliver(publications: readonly Publication[]): Promise<void> {
    const handedOver = publications.map((publication) => ({ ...publication, mark: publication.id }));
    await this.world.app.deliverPublications.execute(handedOver, this.world.clock.now() + 60_000);
    this.#pushed();
  }

  #pushed(): void {
    for (let n = 0; n <= ROSTER_USERS; n += 1)
      for (const frame of this.world.clients.take(`${userOf(n)}=`)) {
        const text = JSON.stringify(frame);
        const { type } = parseServerFrame(text) as { type: keyof Pushes };
        this.pushes.set(type, Math.max(this.pushes.get(type) ?? 0, Buffer.byteLength(text)));
      }
  }
}

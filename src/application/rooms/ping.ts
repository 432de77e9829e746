import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Room } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import type { AccessControl } from '../access/access-control.js';
import { allOf } from '../all-of.js';
import type { PeekedHead, PublicationLog } from '../ports/publication-log.js';

type Ahead = readonly (readonly [room: Room, peeked: PeekedHead])[];

/** Keeps a connection from idling, and shows a client whether a push was lost. */
export class Ping {
  constructor(
    private readonly access: AccessControl,
    private readonly log: PublicationLog,
  ) {}

  /** What is read beside the session: nothing is written for a room before it is known that the caller is in it. */
  async lookAhead(identity: Identity, { rooms = [] }: ActionFrame<'ping'>): Promise<Ahead> {
    const asked = [...new Set(rooms)];
    const memberships = asked.map((room) => this.access.checkMembership(identity, room));
    const heads = asked.map(
      async (room) => [room, await this.log.peek(room, identity.time?.signal)] as const,
    );
    const [, found] = await allOf([allOf(memberships), allOf(heads)]);
    return found;
  }

  async execute(
    caller: Caller,
    frame: ActionFrame<'ping'>,
    ahead = this.lookAhead(caller, frame),
  ): Promise<Reply<'ping'>> {
    const heads = (await ahead).map(async ([room, peeked]) => [room, await peeked.head()] as const);
    return { heads: Object.fromEntries(await allOf(heads)) };
  }
}

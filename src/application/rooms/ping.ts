import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/caller.js';
import type { AccessControl } from '../access/access-control.js';
import type { PublicationLog } from '../ports/publication-log.js';

/** Keeps a connection from idling, and shows a client whether a push was lost. */
export class Ping {
  constructor(
    private readonly access: AccessControl,
    private readonly log: PublicationLog,
  ) {}

  async execute(caller: Caller, { rooms = [] }: ActionFrame<'ping'>): Promise<Reply<'ping'>> {
    const asked = [...new Set(rooms)];
    await Promise.all(asked.map((room) => this.access.checkMembership(caller, room)));
    const heads = await Promise.all(asked.map(async (room) => [room, await this.log.head(room)] as const));
    return { heads: Object.fromEntries(heads) };
  }
}

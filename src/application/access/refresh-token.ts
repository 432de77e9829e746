import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/access/caller.js';
import { formatPermissions } from '../../domain/access/permissions.js';
import { ClientError } from '../../domain/client-error.js';
import { openRooms } from '../../domain/room.js';
import { concurrently } from '../concurrently.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { MembershipRenewal } from './membership-renewal.js';
import type { TokenAcceptance } from './token-acceptance.js';

/** Memberships that are rewritten at once. */
const CONCURRENCY = 8;

/** Extends a session in place: API Gateway asks its authorizer only once, when a connection opens. */
export class RefreshToken {
  constructor(
    private readonly tokens: TokenAcceptance,
    private readonly connections: ConnectionRepository,
    private readonly renewal: MembershipRenewal,
  ) {}

  async execute(
    { connectionId, userId }: Caller,
    { token }: ActionFrame<'refresh'>,
  ): Promise<Reply<'refresh'>> {
    const accepted = await this.tokens.accept(token, (fresh) =>
      fresh.userId === userId ? undefined : 'forbidden',
    );
    if ('refused' in accepted) {
      if (accepted.refused === 'forbidden') throw new ClientError('forbidden');
      throw new ClientError('unauthenticated', { message: 'This token is not accepted.' });
    }
    const { expiresAt } = accepted;
    const session = { tokenExpiresAt: expiresAt, permissions: formatPermissions(accepted.permissions) };
    const connection = await this.connections.renew(connectionId, session);
    if (!connection) throw new ClientError('session_unknown');
    await concurrently([...openRooms(userId), ...connection.rooms], CONCURRENCY, async (room) => {
      await this.renewal.renew({ userId, granted: accepted.permissions }, room, connectionId, expiresAt);
    });
    return { expiresAt };
  }
}

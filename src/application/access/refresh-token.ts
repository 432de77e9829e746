import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { EVERYONE, inboxOf } from '../../../protocol/names.js';
import type { Caller } from '../../domain/caller.js';
import { ClientError } from '../../domain/client-error.js';
import { formatPermissions, permissionsFrom } from '../../domain/permissions.js';
import { concurrently } from '../concurrently.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { RoomRepository } from '../ports/room-repository.js';
import { CLOCK_SKEW_MS, type TokenVerifier } from '../ports/token-verifier.js';
import type { UsedTokens } from '../ports/used-tokens.js';

export interface RefreshSettings {
  singleUse: boolean;
  permissionsClaim: string;
}

/** Memberships that are rewritten at once. */
const CONCURRENCY = 8;

/** Extends a session in place: API Gateway asks its authorizer only once, when a connection opens. */
export class RefreshToken {
  constructor(
    private readonly settings: RefreshSettings,
    private readonly tokens: TokenVerifier,
    private readonly usedTokens: UsedTokens,
    private readonly connections: ConnectionRepository,
    private readonly rooms: RoomRepository,
  ) {}

  async execute(
    { connectionId, userId }: Caller,
    { token }: ActionFrame<'refresh'>,
  ): Promise<Reply<'refresh'>> {
    const verified = await this.tokens.verify(token);
    if ('refused' in verified)
      throw new ClientError('unauthenticated', { message: 'This token is not accepted.' });
    if (verified.userId !== userId) throw new ClientError('forbidden');

    const { expiresAt, tokenId, claims } = verified;
    await this.#use(tokenId, expiresAt);
    const claim = Object.hasOwn(claims, this.settings.permissionsClaim)
      ? claims[this.settings.permissionsClaim]
      : undefined;
    const permissions = formatPermissions(permissionsFrom(claim));
    const connection = await this.connections.renew(connectionId, { tokenExpiresAt: expiresAt, permissions });
    if (!connection) throw new ClientError('session_unknown');
    await concurrently([EVERYONE, inboxOf(userId), ...connection.rooms], CONCURRENCY, (room) =>
      this.rooms.renew(room, connectionId, expiresAt),
    );
    return { expiresAt };
  }

  async #use(tokenId: string | undefined, expiresAt: number): Promise<void> {
    if (!this.settings.singleUse) return;
    const fresh =
      tokenId !== undefined && (await this.usedTokens.use(tokenId, expiresAt + 2 * CLOCK_SKEW_MS));
    if (!fresh) throw new ClientError('unauthenticated', { message: 'This token is not accepted.' });
  }
}

import { authorizerContext } from '../../../../src/application/connections/authorizer-context.js';
import { ALL_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import type { Connection } from './connection.js';
import { expiryOf } from './simulated-tokens.js';

/** What every event of a connection says; `withToken`: it is no guest's. */
export const requestContextOf = (
  { id: connectionId, userId, connectedAt }: Connection,
  event: { eventType: string; routeKey: string; requestId: string },
  withToken: boolean,
) => {
  const expiresAt = withToken ? expiryOf(connectedAt) : undefined;
  const authorizer = { principalId: userId, ...authorizerContext(userId, ALL_PERMISSIONS, expiresAt) };
  return { ...event, connectionId, connectedAt, authorizer };
};

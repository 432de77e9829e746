import { authorizerContext } from '../../../../../src/application/connections/authorizer-context.js';
import { ALL_PERMISSIONS } from '../../../../../src/domain/access/permissions.js';
import { expiryOf } from '../aws/simulated-tokens.js';
import type { SimulatedConnection } from '../gateway/simulated-connection.js';

/** The request context of every event of a connection; `withToken`: the user is not a guest. */
export const requestContextOf = (
  { id: connectionId, userId, connectedAt }: SimulatedConnection,
  event: { eventType: string; routeKey: string; requestId: string },
  withToken: boolean,
) => {
  const expiresAt = withToken ? expiryOf(connectedAt) : undefined;
  const authorizer = { principalId: userId, ...authorizerContext(userId, ALL_PERMISSIONS, expiresAt) };
  return { ...event, connectionId, connectedAt, authorizer };
};

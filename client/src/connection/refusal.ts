import type { HandshakeResponse } from '../options/web-socket.js';
import { retryableError } from '../retryable-error.js';
import type { ErrorCode, SwitchboardError } from '../switchboard-error.js';

const codeOf = ({ statusCode = 0, headers }: HandshakeResponse): ErrorCode => {
  if (statusCode === 401 || statusCode === 403) return 'unauthenticated';
  // API Gateway names its own errors in a header; without one, the server counted the user's connections.
  if (statusCode === 429) return headers?.['x-amzn-errortype'] ? 'rate_limited' : 'connection_limit';
  return statusCode >= 500 ? 'unavailable' : 'refused';
};

/** Why a connection was refused, as far as the platform says. */
export const refusal = (response: HandshakeResponse = {}): SwitchboardError =>
  retryableError(
    codeOf(response),
    response.statusCode ? `HTTP ${response.statusCode}` : 'Token, origin or connections',
  );

const TRY_LATER = {
  connection_lost: 'The connection was lost.',
  unreachable: 'The server cannot be reached.',
  unavailable: 'The server cannot take connections now.',
  rate_limited: 'Too many people are connecting at once.',
  connection_limit: 'You have too many connections: close another tab.',
  token_expired: 'Your token has expired.',
  token_unavailable: 'A new token is needed.',
  session_unknown: 'The server has ended this session.',
};

const REFUSED = 'The server answers but refuses the connection.';
const MAY_BE = 'you may have ten tabs open already, or too many people may be connecting at once.';

/** Why there is no connection, in words for the person in front of the page. */
export const reasonOf = ({ reason }, { hasNetwork, hasToken }) => {
  if (!hasNetwork) return "You're offline.";
  if (reason.code === 'refused')
    return `${REFUSED} ${hasToken ? `The token may be wrong or expired, ${MAY_BE}` : `Perhaps ${MAY_BE}`}`;
  if (reason.code === 'unauthenticated')
    return hasToken ? 'The server does not accept this token.' : 'The server does not accept this name.';
  return TRY_LATER[reason.code] ?? `There is no connection: ${reason.message}.`;
};

/** Whether another token may help. */
export const needsToken = ({ reason }) => /^(refused|unauthenticated|token_.*)$/.test(reason?.code ?? '');

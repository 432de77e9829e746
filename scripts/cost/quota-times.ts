import type { Traffic } from './traffic.js';

/** An account's in one region; adjustable except for the burst. AWS lists them as of 2026-11-21. */
const REQUESTS_A_SECOND = 10_000;
const CONNECTS_A_SECOND = 500;
const CONCURRENT_FUNCTIONS = 1_000;

/** How long a broadcast and a reconnection of all take against the quotas of a new account, and what to raise. */
export const quotaTimes = ({ connections, functionMs }: Traffic): string => {
  const seconds = (count: number, rate: number) => `${Math.ceil(count / rate).toLocaleString('en-US')} s`;
  // The authorizer, `$connect` and `hello` of each.
  const running = Math.ceil((CONNECTS_A_SECOND * 3 * functionMs) / 1_000);
  return `Against the quotas of an account (ask AWS to raise the one named):
  a broadcast to all takes at least ${seconds(connections, REQUESTS_A_SECOND)}: ${REQUESTS_A_SECOND.toLocaleString('en-US')} requests a second
  reconnecting all takes at least ${seconds(connections, CONNECTS_A_SECOND)}: ${CONNECTS_A_SECOND} connects a second; meanwhile ${running} of ${CONCURRENT_FUNCTIONS.toLocaleString('en-US')} functions run
`;
};

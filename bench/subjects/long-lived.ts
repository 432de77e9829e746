import { CONNECTION_LIFETIME_MS } from '../../src/domain/connection.js';

// Import it first: what is made until `sinceLongAgo` is called takes the process for older than any connection. Such an instance
// does not look for members of `*` where former versions kept them.

const { now } = Date;
Date.now = () => now() - CONNECTION_LIFETIME_MS;

export const sinceLongAgo = (): void => {
  Date.now = now;
};

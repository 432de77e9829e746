import type { Connection } from '../connection.js';
import type { Identity } from './identity.js';
import type { Permissions } from './permissions.js';

/** The sender of an admitted frame. */
export interface Caller extends Identity {
  /** The current permissions, from the authorizer or the latest refresh. */
  granted: Permissions;
  /** As it was read to admit the frame; absent if nothing had to be read. */
  connection?: Connection | undefined;
}

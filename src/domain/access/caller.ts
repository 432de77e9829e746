import type { Connection } from '../connection.js';
import type { Identity } from './identity.js';
import type { Permissions } from './permissions.js';

/** Who sent a frame, once it is admitted. */
export interface Caller extends Identity {
  /** What they may do now, by the authorizer's word or that of the latest refresh. */
  granted: Permissions;
  /** As it was read to admit the frame; absent where nothing had to be read. */
  connection?: Connection | undefined;
}

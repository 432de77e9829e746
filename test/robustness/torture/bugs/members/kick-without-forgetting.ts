import type { DisconnectUser } from '../../../../../src/application/connections/disconnect-user.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** A kick closes the sockets but leaves the rows to `$disconnect`, which may never come. */
export const kickWithoutForgetting: Bug = {
  application: (application, { rooms, clients, clock }) => {
    const execute: DisconnectUser['execute'] = async (userId) => {
      let connections = 0;
      for await (const page of rooms.members(`@${userId}`)) {
        for (const { connectionId } of page) await clients.close(connectionId, clock.now() + 2_000);
        connections += page.length;
      }
      return { connections };
    };
    return overrideMethods(application, { disconnectUser: { execute } as DisconnectUser });
  },
};

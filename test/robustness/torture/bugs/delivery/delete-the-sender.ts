import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** When a push finds a connection gone, the publisher is forgotten instead. */
export const deleteTheSender: Bug = {
  ports: ({ connections, rooms }, { instance }) => {
    const sender = (gone: string): string => [...instance.running].at(-1)?.connectionId ?? gone;
    return {
      connections: overrideMethods(connections, { remove: (gone) => connections.remove(sender(gone)) }),
      rooms: overrideMethods(rooms, { removeMember: (room, gone) => rooms.removeMember(room, sender(gone)) }),
    };
  },
};

import type { Line } from '../../../../scripts/storage/move/move-file.js';
import { nextEpoch } from '../../../../src/domain/publications/epoch.js';

export const PUBLICATIONS = 10_000;
export const ROOMS = ['lobby', 'garden', '*', '@alice', 'a.b:c_d-e'];
export const OF_A_ROOM = PUBLICATIONS / ROOMS.length;

/** Publications of the last hours, every third with a key. */
export const history = (): Line[] => {
  const startedAt = Date.now() - 3_600_000;
  const epoch = nextEpoch(startedAt, 'abcdef');
  const ofRoom = (room: string): Line[] => [
    ...Array.from({ length: OF_A_ROOM }, (_, n) => ({
      room,
      epoch,
      offset: n + 1,
      id: `${n}`,
      from: 'carol',
      at: startedAt + n,
      data: JSON.stringify(`${room} ${n + 1} ü🙂`),
      requestId: 'request',
      ...(n % 3 === 0 && { key: `key-${n}` }),
    })),
    { moved: room, epoch, startedAt, offset: OF_A_ROOM, newestAt: startedAt + OF_A_ROOM - 1 },
  ];
  return [
    { switchboard: 'rooms', version: 1, movedAt: 1 },
    ...ROOMS.flatMap(ofRoom),
    { end: true, rooms: ROOMS.length, publications: PUBLICATIONS },
  ];
};

import type { Published } from './frames.js';

/** Of a reply, what is for the user. */
export const published = ({ room, epoch, offset, repeated = false }: Published): Published => ({
  room,
  epoch,
  offset,
  repeated,
});

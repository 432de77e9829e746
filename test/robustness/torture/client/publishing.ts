/** The action and the fields that publish to a room, an inbox or everyone. */
export const publishing = (
  room: string,
  data: unknown,
  key: string | undefined,
): [action: string, fields: object] => {
  const fields = { data, ...(key !== undefined && { key }) };
  if (room === '*') return ['broadcast', fields];
  if (room.startsWith('@')) return ['send', { to: room.slice(1), ...fields }];
  return ['publish', { room, ...fields }];
};

import { roomOf } from '../../../../src/adapters/dynamodb/members/partitions.js';
import type { Row } from '../../../../src/adapters/dynamodb/table/table.js';
import type { Device } from '../device.js';
import type { World } from '../simulation/world.js';

const isLive = (world: World, item: Row): boolean => Number(item.expiresAt) > world.scheduler.now;

const memberships = (world: World): { room: string; connectionId: string }[] =>
  world.connections
    .all('ROOM#')
    .filter((item) => isLive(world, item))
    .map(({ pk, sk }) => ({ room: roomOf(pk), connectionId: sk }));

/** The rows say who is where: exactly the clients that are there, as they believe it themselves. */
export const checkRows = (world: World, devices: readonly Device[]): void => {
  const { ledger, gateway } = world;
  const rows = memberships(world);
  for (const { room, connectionId } of rows) {
    if (!gateway.isOpen(connectionId))
      ledger.violate('ghosts', `${connectionId} is in ${room}, and is not there`);
  }
  for (const device of devices) {
    const connection = gateway.currentOf(device.name);
    const listed = rows.filter(({ connectionId }) => connectionId === connection?.id).map(({ room }) => room);
    compare(world, `${connection?.id} (${device.name}) is a member of`, listed, device.client.rooms());
    const row = world.connections.get({ pk: `CONNECTION#${connection?.id}`, sk: 'CONNECTION' });
    const joined = listed.filter((room) => room !== '*' && !room.startsWith('@'));
    if (connection) checkSight(world, connection.id, joined);
    compare(world, `${connection?.id} lists`, [...((row?.rooms as Set<string>) ?? [])], joined);
  }
};

/** Each membership says what the newest token permits, however joins and refreshes met. */
const checkSight = ({ connections, sessions, ledger }: World, id: string, rooms: readonly string[]): void => {
  const sees = sessions.seesOthers(id);
  if (sees === undefined || ledger.troubled.has(id)) return;
  for (const room of rooms) {
    const blind = connections.get({ pk: `ROOM#${room}`, sk: id })?.withoutPresence === true;
    if (blind === sees) ledger.violate('sight', `${id} ${sees ? 'may' : 'may not'} see who is in ${room}`);
  }
};

const compare = (
  { ledger }: World,
  what: string,
  found: readonly string[],
  expected: readonly string[],
): void => {
  const [is, ought] = [found.toSorted().join(' '), expected.toSorted().join(' ')];
  if (is !== ought) ledger.violate('rows', `${what} [${is}], and ought to be [${ought}]`);
};

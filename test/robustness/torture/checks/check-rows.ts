import type { Device } from '../actors/device.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';
import type { StoredMember } from '../simulation/store/store.js';

/** The membership rows match the rooms that the clients believe they are in. */
export const checkRows = async (world: SimulatedWorld, devices: readonly Device[]): Promise<void> => {
  const { ledger, gateway, store } = world;
  const rows = await store.members();
  for (const { room, connectionId } of rows) {
    if (!gateway.isOpen(connectionId))
      ledger.violate('ghosts', `${connectionId} is in ${room}, and is not there`);
  }
  for (const device of devices) {
    const connection = gateway.currentOf(device.name);
    const own = rows.filter(({ connectionId }) => connectionId === connection?.id);
    compare(world, `${connection?.id} (${device.name}) is a member of`, roomsOf(own), device.client.rooms());
    const joined = own.filter(({ room }) => room !== '*' && !room.startsWith('@'));
    if (connection) checkSight(world, connection.id, joined);
    const listed = connection ? await store.listed(connection.id) : [];
    compare(world, `${connection?.id} lists`, listed, roomsOf(joined));
  }
};

/** Each membership has the permissions of the newest token, in whatever order joins and refreshes ran. */
const checkSight = (
  { sessions, ledger }: SimulatedWorld,
  id: string,
  joined: readonly StoredMember[],
): void => {
  const sees = sessions.seesOthers(id);
  if (sees === undefined || ledger.troubled.has(id)) return;
  for (const { room, isBlind } of joined) {
    if (isBlind === sees) ledger.violate('sight', `${id} ${sees ? 'may' : 'may not'} see who is in ${room}`);
  }
};

const roomsOf = (members: readonly StoredMember[]): string[] => members.map(({ room }) => room);

const compare = (
  { ledger }: SimulatedWorld,
  what: string,
  found: readonly string[],
  expected: readonly string[],
): void => {
  const [is, ought] = [found.toSorted().join(' '), expected.toSorted().join(' ')];
  if (is !== ought) ledger.violate('rows', `${what} [${is}], and ought to be [${ought}]`);
};

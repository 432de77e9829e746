import { MySqlConnectionRepository } from '../../../../../src/adapters/mysql/connection-repository.js';
import { MySqlCounters } from '../../../../../src/adapters/mysql/counters.js';
import { removeExpired } from '../../../../../src/adapters/mysql/database/expired-rows.js';
import { MySqlPublicationLog } from '../../../../../src/adapters/mysql/log/publication-log.js';
import { MySqlMemberStates } from '../../../../../src/adapters/mysql/member-states.js';
import { MySqlRoomRepository } from '../../../../../src/adapters/mysql/room-repository.js';
import { MySqlUsedTokens } from '../../../../../src/adapters/mysql/used-tokens.js';
import { PieceHandover } from '../../../../../src/application/delivery/piece-handover.js';
import type { TestMySql } from '../../../../support/servers/test-mysql.js';
import type { Bug, Ports } from '../../bugs/bug.js';
import type { InstanceContext } from '../instances/instance-context.js';
import type { SimulatedWorld } from '../simulated-world.js';
import type { InstanceParts, Store, StoreAdapters, StoredMember, StoredStamp } from '../store/store.js';
import { JOURNAL, Journal } from './journal.js';
import { SimulatedDatabase } from './simulated-database.js';
import { VirtualServer } from './virtual-server.js';

/** Work of a handover, after the commit: its failure only loses a hint. */
const HANDOVER =
  /^(pieces:|(SELECT|INSERT INTO) switchboard_sections |SELECT (COUNT|connection_id FROM) switchboard_memberships )/;

/** A separate database on a real server; time and network faults are virtual. */
export class SimulatedMySql implements Store {
  /** There is no stream: the publishing invocation hands over. */
  readonly idle = true;

  private constructor(
    private readonly world: SimulatedWorld,
    private readonly server: VirtualServer,
  ) {}

  static async create(mysql: TestMySql, world: SimulatedWorld): Promise<SimulatedMySql> {
    const { ledger, scheduler } = world;
    const journal = new Journal(ledger, scheduler);
    const server: VirtualServer = await VirtualServer.open(
      await mysql.url(),
      () => scheduler.now,
      () => journal.read(server),
    );
    for (const statement of [...JOURNAL, ...(world.bug?.schema ?? [])]) await server.rows(statement, []);
    return new SimulatedMySql(world, server);
  }

  adapters(place: InstanceContext, parts: InstanceParts): StoreAdapters {
    const { instance, random, world } = place;
    const { bug = {} as Bug, settings } = world;
    const simulated = new SimulatedDatabase(this.server, instance.perform);
    const database = bug.database?.(simulated, place) ?? simulated;
    const rooms = new MySqlRoomRepository(database, instance);
    const plain: Ports = {
      ...parts,
      connections: new MySqlConnectionRepository(database, instance),
      handover: new PieceHandover(rooms, parts.pieces, random, settings.pieceMembers),
      log: new MySqlPublicationLog(database, instance, random),
      rooms,
    };
    return {
      ...plain,
      ...bug.portsOnMySql?.(plain),
      memberStates: new MySqlMemberStates(database),
      usedTokens: new MySqlUsedTokens(database, instance),
      counters: new MySqlCounters(database, instance),
    };
  }

  async members(): Promise<StoredMember[]> {
    const rows = await this.#outside(
      `SELECT CONVERT(room USING utf8mb4) AS room, connection_id, without_presence
        FROM switchboard_memberships WHERE expires_at > ? ORDER BY room, connection_id`,
      this.world.scheduler.now,
    );
    return rows.map((row) => ({
      room: row.room as string,
      connectionId: row.connection_id as string,
      isBlind: row.without_presence === 1,
    }));
  }

  async stamps(room: string): Promise<StoredStamp[]> {
    const rows = await this.#outside(
      `SELECT connection_id, user_id, state_counter, state_hash FROM switchboard_memberships
        WHERE room = ? AND expires_at > ? AND state_counter IS NOT NULL`,
      room,
      this.world.scheduler.now,
    );
    return rows.map((row) => ({
      connectionId: row.connection_id as string,
      userId: row.user_id as string,
      counter: row.state_counter as number,
      hash: row.state_hash as number,
    }));
  }

  async listed(connectionId: string): Promise<string[]> {
    const statement = 'SELECT rooms FROM switchboard_connections WHERE connection_id = ?';
    const [row] = await this.#outside(statement, connectionId);
    return String(row?.rooms ?? '')
      .split('#')
      .filter((room) => room !== '');
  }

  /** Like the schedule, which may not have run yet. */
  async sweep(): Promise<void> {
    const { random, scheduler } = this.world;
    for (let passes = random.whole(0, 2); passes > 0; passes -= 1)
      await scheduler.outside(removeExpired(this.server));
  }

  keepsFromDelivery(fault: string, room: string): boolean {
    return HANDOVER.test(fault) && (fault.startsWith('pieces:') || fault.includes(` ${room}: `));
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  #outside(statement: string, ...values: (string | number)[]) {
    return this.world.scheduler.outside(this.server.rows(statement, values));
  }
}

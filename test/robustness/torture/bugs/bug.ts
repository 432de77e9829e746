import type { Table } from '../../../../src/adapters/dynamodb/table/table.js';
import type { Database } from '../../../../src/adapters/mysql/database/database.js';
import type { ClientNotifier } from '../../../../src/application/ports/client-notifier.js';
import type { Clock } from '../../../../src/application/ports/clock.js';
import type { ConnectionRepository } from '../../../../src/application/ports/connection-repository.js';
import type { Handover } from '../../../../src/application/ports/handover.js';
import type { PieceQueue } from '../../../../src/application/ports/piece-queue.js';
import type { PublicationLog } from '../../../../src/application/ports/publication-log.js';
import type { Random } from '../../../../src/application/ports/random.js';
import type { RoomRepository } from '../../../../src/application/ports/room-repository.js';
import type { Application } from '../../../../src/entry/application.js';
import type { Functions } from '../simulation/instances/functions.js';
import type { InstanceContext } from '../simulation/instances/instance-context.js';

export interface Ports {
  clients: ClientNotifier;
  clock: Clock;
  connections: ConnectionRepository;
  handover: Handover;
  pieces: PieceQueue;
  log: PublicationLog;
  random: Random;
  rooms: RoomRepository;
}

/** A plausible mistake, wrapped around the production code: the torture has to find it. */
export interface Bug {
  connectionsTable?(table: Table, place: InstanceContext): Table;
  messagesTable?(table: Table, place: InstanceContext): Table;
  ports?(
    ports: Ports,
    place: InstanceContext & { messagesTable: Table; connectionsTable: Table },
  ): Partial<Ports>;
  /** Only on MySQL: statements that change the schema. */
  schema?: readonly string[];
  /** Only on MySQL. */
  database?(database: Database, place: InstanceContext): Database;
  /** Only on MySQL, where `ports` gets no tables. */
  portsOnMySql?(ports: Ports): Partial<Ports>;
  application?(application: Application, ports: Ports): Application;
  fanOut?(fanOut: Functions['fanOut']): Functions['fanOut'];
}

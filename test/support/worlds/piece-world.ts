import { InMemoryConnectionRepository } from '../../../src/adapters/in-memory/connection-repository.js';
import { MemoryStore } from '../../../src/adapters/in-memory/memory-store.js';
import { InMemoryPieceQueue } from '../../../src/adapters/in-memory/piece-queue.js';
import { InMemoryPublicationLog } from '../../../src/adapters/in-memory/publication-log.js';
import { InMemoryRoomRepository } from '../../../src/adapters/in-memory/room-repository.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { DeliverPublications } from '../../../src/application/delivery/deliver-publications.js';
import { FanOut } from '../../../src/application/delivery/fan-out.js';
import { PlainPusher } from '../../../src/application/delivery/plain-pusher.js';
import { RetryingCourier } from '../../../src/application/delivery/retrying-courier.js';
import { ServePieces } from '../../../src/application/delivery/serve-pieces.js';
import type { PieceQueue } from '../../../src/application/ports/piece-queue.js';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import type { RoomRepository } from '../../../src/application/ports/room-repository.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import type { HandedOver, Piece } from '../../../src/domain/publications/piece.js';
import { connectionOf, membershipOf } from '../../contracts/repositories.js';
import { VirtualClock } from '../time/virtual-clock.js';
import { InMemoryClients } from './in-memory-clients.js';

export const ROOM = 'lobby';
const PIECE_MEMBERS = 10;

/** A large room, with the use cases that cut it and serve its pieces; each can be made anew over failing ports. */
export class PieceWorld {
  readonly clock = new VirtualClock();
  readonly clients = new InMemoryClients();
  readonly queue = new InMemoryPieceQueue(this.clock);
  readonly #store = new MemoryStore();
  readonly rooms = new InMemoryRoomRepository(this.#store, this.clock);
  readonly log = new InMemoryPublicationLog(this.clock, new SystemRandom());
  readonly #connections = new InMemoryConnectionRepository(this.#store, this.clock);

  async join(count: number, prefix = 'm'): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(4, '0')}=`);
    for (const id of ids) {
      const connection = connectionOf('alice', id, this.clock.now());
      this.clients.open(id);
      await this.#connections.save(connection);
      await this.rooms.join(membershipOf(connection, ROOM, this.clock.now()));
    }
    return ids;
  }

  async publish(data: unknown): Promise<HandedOver> {
    const draft = { from: 'alice', data: JsonText.of(data), requestId: 'request' };
    const { publication } = await this.log.append(ROOM, draft);
    return { ...publication, mark: publication.id };
  }

  cutter(rooms: RoomRepository = this.rooms, queue: PieceQueue = this.queue): DeliverPublications {
    return new DeliverPublications(this.#fanOut(rooms), rooms, queue, this.clock, PIECE_MEMBERS);
  }

  cut(publications: readonly HandedOver[], cutter = this.cutter()) {
    return cutter.execute(publications, this.clock.now() + 60_000);
  }

  server(
    rooms: RoomRepository = this.rooms,
    clients = this.clients,
    log: Pick<PublicationLog, 'range'> = this.log,
  ): ServePieces {
    return new ServePieces(this.#fanOut(rooms, clients), log, this.queue, this.clock);
  }

  serve(pieces: readonly Piece[], server = this.server(), ageMs = 0) {
    const waiting = pieces.map((piece) => ({ piece, ageMs }));
    return server.execute(waiting, this.clock.now() + 60_000);
  }

  /** The offsets that a connection received since the last call, frame by frame. */
  offsetsOf(connectionId: string): number[][] {
    return (this.clients.take(connectionId) as { items: { offset: number }[] }[]).map(({ items }) =>
      items.map(({ offset }) => offset),
    );
  }

  #fanOut(rooms: RoomRepository, clients = this.clients): FanOut {
    const options = { concurrency: 4, openingMs: 0 };
    const pusher = new PlainPusher(new RetryingCourier(clients, this.clock, options), this.clock, options);
    return new FanOut(rooms, pusher, new SystemRandom());
  }
}

import { beforeEach, describe, expect, it } from '@jest/globals';
import { toMessage, toPiece } from '../../../src/adapters/sqs/piece-message.js';
import { PIECE_AGE_MS } from '../../../src/application/delivery/serve-pieces.js';
import type { ReadingMembers, RoomRepository } from '../../../src/application/ports/room-repository.js';
import type { Piece } from '../../../src/domain/publications/piece.js';
import type { Application } from '../../../src/entry/application.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { COMES_AGAIN_MS, createPieces } from '../../../src/entry/lambda/handlers/create-pieces.js';
import { PieceWorld } from '../../support/worlds/piece-world.js';

const SENT_AT = 1_760_000_000_000;

describe('the consumer of the queue of pieces', () => {
  let world: PieceWorld;
  let members: string[];
  let pieces: Piece[];
  const lines: Record<string, unknown>[] = [];
  const log = new EventLog('info', { write: (line) => lines.push(JSON.parse(line)) });

  beforeEach(async () => {
    lines.length = 0;
    world = new PieceWorld();
    members = await world.join(25);
    await world.cut([await world.publish('one')]);
    pieces = world.queue.take();
  });

  const message = (piece: Piece | string, waitedMs = 0, times = 1) => ({
    messageId: `message of ${typeof piece === 'string' ? piece : JSON.stringify(piece.section)}`,
    body: typeof piece === 'string' ? piece : String(toMessage(piece, 0).MessageBody),
    attributes: {
      SentTimestamp: String(SENT_AT),
      ApproximateFirstReceiveTimestamp: String(SENT_AT + waitedMs),
      ApproximateReceiveCount: String(times),
    },
  });
  const handle = (messages: readonly ReturnType<typeof message>[], server = world.server()) => {
    const application = { servePieces: server } as Partial<Application> as Application;
    const now = world.clock.now();
    // The handler uses the system's clock; the world has another.
    const context = { getRemainingTimeInMillis: () => now + 60_000 - Date.now() };
    return createPieces(application, toPiece, log)({ Records: messages }, context);
  };
  const got = () => members.filter((id) => world.offsetsOf(id).length > 0).length;

  it('serves each message, and reports how many members it reached', async () => {
    expect(await handle(pieces.map((piece) => message(piece)))).toEqual({ batchItemFailures: [] });

    expect(got()).toBe(25);
    expect(lines).toMatchObject([
      { level: 30, route: 'pieces', outcome: 'ok', tally: { delivered: 10 }, complete: true },
      { level: 30, tally: { delivered: 10 } },
      { level: 30, tally: { delivered: 5 } },
    ]);
    expect(lines[0]).toMatchObject({ requestIds: ['request'], room: 'lobby', section: { upTo: 'm0009=' } });
  });

  it('reports a message that is no piece, and serves the others', async () => {
    const odd = message('{"room":"lobby"}');

    expect(await handle([odd, ...pieces.map((piece) => message(piece))])).toEqual({
      batchItemFailures: [{ itemIdentifier: odd.messageId }],
    });
    expect(got()).toBe(25);
    expect(lines[0]).toMatchObject({ level: 40, messageId: odd.messageId });
  });

  it('reports every message of a section that cannot be served, logs a warning, and serves the others', async () => {
    const [first, second] = pieces as [Piece, Piece];
    const [place] = first.places as [Piece['places'][number]];
    const later = { ...first, places: [{ ...place, mark: 'again' }] };
    const rooms: RoomRepository = Object.create(world.rooms, {
      members: {
        value: (room: string, options: ReadingMembers) => {
          if (options.section?.upTo === first.section.upTo) throw new Error('no members');
          return world.rooms.members(room, options);
        },
      },
    });
    const messages = [message(first), { ...message(later), messageId: 'behind' }, message(second)];

    const { batchItemFailures } = await handle(messages, world.server(rooms));

    expect(batchItemFailures).toEqual([
      { itemIdentifier: message(first).messageId },
      { itemIdentifier: 'behind' },
    ]);
    expect(got()).toBe(10);
    expect(lines).toMatchObject([{ level: 40, outcome: 'internal' }, { level: 30 }]);
  });

  it('reports incomplete messages, and logs a warning', async () => {
    world.clients.behaviour = () => {
      world.clock.advance(60_000);
      return undefined;
    };
    const [first] = pieces as [Piece];

    const { batchItemFailures } = await handle([message(first)]);

    expect(batchItemFailures).toEqual([{ itemIdentifier: message(first).messageId }]);
    expect(lines).toMatchObject([{ level: 40, complete: false }]);
  });

  it.each([
    ['waited too long for the first time', PIECE_AGE_MS + 1, 1],
    ['came again too often', 1_000, 2 + Math.floor(PIECE_AGE_MS / COMES_AGAIN_MS)],
  ])('puts aside without a push a piece that %s, by the clock of the queue', async (_, waitedMs, times) => {
    const [first, second] = pieces as [Piece, Piece];
    world.clock.advance(365 * 24 * 3_600_000);

    const result = await handle([message(first, waitedMs, times), message(second, 1_000, 1)]);

    expect(result).toEqual({ batchItemFailures: [] });
    expect(world.queue.gaveUp).toEqual([first]);
    expect(lines).toMatchObject([{ level: 40, outcome: 'too_old', gaveUp: true }, { level: 30 }]);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import type { RoomRepository } from '../../../src/application/ports/room-repository.js';
import type { HandedOver, Piece } from '../../../src/domain/publications/piece.js';
import { PieceWorld, ROOM } from '../../support/worlds/piece-world.js';

const MINUTE_MS = 60_000;

describe('a room that is too large for one function', () => {
  let world: PieceWorld;
  let members: string[];
  let one: HandedOver;

  beforeEach(async () => {
    world = new PieceWorld();
    members = await world.join(45);
    one = await world.publish('one');
  });

  it('is served by pieces, which name no members', async () => {
    const [report] = await world.cut([one]);

    const pieces = world.queue.take();
    expect(report).toMatchObject({ room: ROOM, pieces: 5 });
    expect(report).not.toHaveProperty('tally');
    for (const id of members) expect(world.offsetsOf(id)).toEqual([]);
    for (const { places } of pieces)
      expect(places).toEqual([{ epoch: one.epoch, offset: 1, mark: one.mark }]);

    const reports = await world.serve(pieces);
    for (const id of members) expect(world.offsetsOf(id)).toEqual([[1]]);
    expect(reports.map((section) => 'tally' in section && section.tally.delivered)).toEqual([
      10, 10, 10, 10, 5,
    ]);
  });

  it('reads once what several sections of a batch get', async () => {
    const two = await world.publish('two');
    await world.cut([one]);
    await world.cut([two]);
    const ranges: number[] = [];
    const log: Pick<PublicationLog, 'range'> = {
      range: (room, epoch, first, last) => {
        ranges.push(first, last);
        return world.log.range(room, epoch, first, last);
      },
    };

    await world.serve(world.queue.take().slice(0, -1), world.server(world.rooms, world.clients, log));

    expect(ranges).toEqual([1, 2, 1, 1]);
    for (const id of members.slice(0, 40)) expect(world.offsetsOf(id)).toEqual([[1, 2]]);
    for (const id of members.slice(40)) expect(world.offsetsOf(id)).toEqual([[1]]);
  });

  it('reads the first members while it reads what they get', async () => {
    await world.cut([one]);
    const [piece] = world.queue.take() as [Piece];
    let readMembers = () => {};
    const membersRead = new Promise<void>((resolve) => {
      readMembers = resolve;
    });
    const rooms: RoomRepository = Object.assign(Object.create(world.rooms), {
      members: (...whom: Parameters<RoomRepository['members']>) => {
        readMembers();
        return world.rooms.members(...whom);
      },
    });
    const log: Pick<PublicationLog, 'range'> = {
      range: async (room, epoch, first, last) => {
        await membersRead;
        return world.log.range(room, epoch, first, last);
      },
    };

    await world.serve([piece], world.server(rooms, world.clients, log));

    expect(world.offsetsOf(members[0] as string)).toEqual([[1]]);
  });

  it('pushes nothing to a member that leaves between cut and piece, and all to one that joins', async () => {
    await world.cut([one]);
    const [gone = ''] = members;
    await world.rooms.leave(ROOM, gone);
    const [late = ''] = await world.join(1, 'z');

    await world.serve(world.queue.take());

    expect(world.offsetsOf(gone)).toEqual([]);
    expect(world.offsetsOf(late)).toEqual([[1]]);
  });

  it('gets the publications of one batch as one frame, those of several pieces too, in order', async () => {
    const [two, three] = [await world.publish('two'), await world.publish('three')];
    await world.cut([two, one]);
    await world.cut([three]);

    await world.serve(world.queue.take().toReversed());

    for (const id of members) expect(world.offsetsOf(id)).toEqual([[1, 2, 3]]);
  });

  it('adds no pieces when the same batch comes again within five minutes, and all when it is handed over again', async () => {
    await world.cut([one]);
    const first = world.queue.take();

    world.clock.advance(4 * MINUTE_MS);
    await world.cut([one]);
    expect(world.queue.take()).toEqual([]);

    await world.cut([{ ...one, mark: 'again' }]);
    expect(world.queue.take().map(({ section }) => section)).toEqual(first.map(({ section }) => section));
  });

  it('omits nothing when a batch comes again in other groups', async () => {
    const two = await world.publish('two');
    await world.cut([one, two]);
    await world.cut([one]);
    await world.cut([two]);

    await world.serve(world.queue.take());

    for (const id of members) expect(world.offsetsOf(id)).toEqual([[1, 2]]);
  });

  it('is cut at the same places for ten minutes, though members come, and cut anew then', async () => {
    await world.cut([one]);
    const before = world.queue.take().map(({ section }) => section);
    await world.join(30, 'a');

    world.clock.advance(10 * MINUTE_MS - 1);
    await world.cut([await world.publish('two')]);
    expect(world.queue.take().map(({ section }) => section)).toEqual(before);

    world.clock.advance(1);
    await world.cut([await world.publish('three')]);
    expect(world.queue.take()).toHaveLength(8);
  });

  it('still gets pieces when it shrinks while earlier ones may wait', async () => {
    await world.cut([one]);
    for (const id of members.slice(5)) await world.rooms.leave(ROOM, id);

    await world.cut([await world.publish('two')]);

    expect(world.queue.take().map(({ places }) => places.map(({ offset }) => offset))).toEqual([
      ...Array.from({ length: 5 }, () => [1]),
      ...Array.from({ length: 5 }, () => [2]),
    ]);
  });

  it('has pieces that are given up unpushed after ten minutes, the younger ones of their section not', async () => {
    await world.cut([one]);
    await world.cut([await world.publish('two')]);
    const pieces = world.queue.take();
    const now = world.clock.now();
    const waiting = pieces.map((piece) => ({
      piece,
      ageMs: piece.places[0]?.offset === 1 ? 10 * MINUTE_MS + 1 : 10 * MINUTE_MS,
    }));

    const reports = await world.server().execute(waiting, now + MINUTE_MS);

    expect(reports.filter((report) => 'gaveUp' in report)).toHaveLength(5);
    expect(world.queue.gaveUp).toEqual(pieces.slice(0, 5));
    for (const id of members) expect(world.offsetsOf(id)).toEqual([[2]]);
  });

  it('has no turn for a section when the time is up', async () => {
    await world.cut([one]);
    const pieces = world.queue.take().map((piece) => ({ piece, ageMs: 0 }));

    const reports = await world.server().execute(pieces, world.clock.now());

    expect(reports).toHaveLength(5);
    for (const report of reports) expect(report).toMatchObject({ error: { code: 'timeout' } });
  });

  it('removes pieces whose publications have expired', async () => {
    await world.cut([one]);
    world.clock.advance(8 * 24 * 60 * MINUTE_MS);

    const reports = await world.serve(world.queue.take());

    for (const report of reports) expect(report).toMatchObject({ complete: true, tally: { delivered: 0 } });
  });
});

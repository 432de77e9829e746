import { expect, it } from '@jest/globals';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { Appended, PublicationLog } from '../../../src/application/ports/publication-log.js';
import { ClientError } from '../../../src/domain/client-error.js';
import { IDEMPOTENCY_MS, RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { draft } from '../../contracts/publication-log/publication-logs.js';
import { SeededRandom } from '../../robustness/torture/simulation/seeded-random.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';
import { DEAD, UnreliableDatabase } from './support/unreliable-database.js';

const HOUR_MS = 3_600_000;
const ROOMS = ['lobby', 'den', 'team:42'];
const LANES = 8;
const STORMS = 6;
const STEPS = 10;

/** Close to the times when rows expire. */
const JUMPS_MS = [20, 167, 168.5, 169.8, 171, 400].map((hours) => hours * HOUR_MS);

interface Row {
  room: string;
  epoch: string;
  offset: number;
  user: string;
  key: string | null;
  data: string;
  at: number;
}

/** A message that a client publishes until it is acked. */
interface Wish {
  room: string;
  user: string;
  key: string;
  data: string;
  since: number;
}

/** A process, with the messages that its client still has to publish. */
interface Lane {
  log?: PublicationLog;
  wish?: Wish | undefined;
}

describeOnMySql('The log on MySQL under torture', (mysql) => {
  it.each([1, 2, 3, 4, 5, 6])(
    'keeps its promises while processes die, answers are lost and weeks pass, with seed %d',
    async (seed) => {
      const random = new SeededRandom(String(seed));
      const clock = new VirtualClock();
      const database = await mysql.database(clock);
      const acked: (Wish & Appended)[] = [];
      const read = new Map<string, string>();

      /** A process: its clock is off a little, or by a week. */
      const start = (): PublicationLog => {
        const aheadMs = random.chance(0.2) ? 8 * 24 * HOUR_MS : random.whole(-1_000, 1_000);
        const own: Clock = { now: () => clock.now() + aheadMs, sleep: (ms) => clock.sleep(ms) };
        return new MySqlPublicationLog(new UnreliableDatabase(database, random), own, random);
      };

      const publish = async (log: PublicationLog, wish: Wish): Promise<'acked' | 'unknown' | 'dead'> => {
        const { room, data, key, user } = wish;
        const append = log.append(room, draft(data, key, user));
        return append.then(
          (appended) => {
            acked.push({ ...wish, ...appended });
            return 'acked';
          },
          (error: ClientError) => {
            if (error !== DEAD) expect(error.code).toBe('unavailable');
            return error === DEAD ? 'dead' : 'unknown';
          },
        );
      };

      /** A reader's cursor never goes back. */
      const look = async (log: PublicationLog, lane: number, room: string): Promise<void> => {
        const { epoch, offset } = await log.head(room);
        const place = `${epoch}#${String(offset).padStart(16, '0')}`;
        const name = `${lane} ${room}`;
        expect((read.get(name) ?? '') <= place).toBe(true);
        read.set(name, place);
        const found = await log.range(room, epoch, 1, offset);
        expect(found.map((one) => one.offset)).toEqual(
          Array.from({ length: found.length }, (_, n) => offset - found.length + n + 1),
        );
      };

      const lane = async (number: number, storm: number, before: Lane): Promise<Lane> => {
        let { log = start(), wish } = before;
        for (let step = 0; step < STEPS; step += 1) {
          clock.advance(random.whole(1, 2_000));
          if (wish && clock.now() - wish.since > IDEMPOTENCY_MS / 2) wish = undefined;
          wish ??= {
            room: random.pick(ROOMS),
            user: `user-${number}`,
            key: `key-${number}-${storm}-${step}`,
            data: `${number} ${storm} ${step}`,
            since: clock.now(),
          };
          const outcome = await publish(log, wish);
          if (outcome === 'dead') log = start();
          // Sometimes repeats an acked message, like a client that did not receive the ack.
          if (outcome === 'acked' && random.chance(0.8)) wish = undefined;
          await look(log, number, random.pick(ROOMS)).catch((error: unknown) => {
            if (error === DEAD) log = start();
            else if (!(error instanceof ClientError)) throw error;
          });
        }
        return { log, wish };
      };

      let lanes: Lane[] = Array.from({ length: LANES }, () => ({}));
      for (let storm = 0; storm < STORMS; storm += 1) {
        lanes = await Promise.all(lanes.map((before, number) => lane(number, storm, before)));
        // Not while a statement runs: on a real server, none takes longer than a few seconds.
        if (random.chance(0.7)) clock.advance(random.pick(JUMPS_MS));
      }

      const rows = (await database.rows(
        `SELECT CONVERT(room USING utf8mb4) AS room, epoch, log_offset AS \`offset\`, user_id AS user,
          publish_key AS \`key\`, data, published_at AS at
          FROM switchboard_publications ORDER BY room, epoch, log_offset`,
        [],
      )) as unknown as Row[];
      checkAcks(acked, rows, clock.now());
      checkKeys(rows);
      checkPlaces(rows, clock.now());
      expect(acked.length).toBeGreaterThan(LANES * 20);
    },
    120_000,
  );
});

/** Acked publications exist until they expire. */
const checkAcks = (acked: readonly (Wish & Appended)[], rows: readonly Row[], now: number): void => {
  const placeOf = ({ room, epoch, offset }: { room: string; epoch: string; offset: number }) =>
    `${room} ${epoch}#${offset}`;
  const stored = new Map(rows.map((row) => [placeOf(row), row]));
  for (const { publication, user, key, data } of acked) {
    if (publication.at < now - RETENTION_MS) continue;
    expect(stored.get(placeOf(publication))).toMatchObject({ user, key, data: JSON.stringify(data) });
  }
};

/** A key is one message for a day. */
const checkKeys = (rows: readonly Row[]): void => {
  const seen = new Map<string, Row>();
  for (const row of rows) {
    const name = `${row.room} ${row.user} ${row.key}`;
    const twin = seen.get(name);
    if (twin) expect(Math.abs(row.at - twin.at)).toBeGreaterThanOrEqual(IDEMPOTENCY_MS);
    seen.set(name, row);
  }
};

/** No hole, no new epoch while the previous one is kept, and epochs sort by their start. */
const checkPlaces = (rows: readonly Row[], now: number): void => {
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (before?.room !== row.room) return;
    if (before.epoch !== row.epoch) expect(row.at - before.at).toBeGreaterThanOrEqual(RETENTION_MS);
    // Expired rows are deleted in the order of their times, which the clocks of processes blur.
    else if (before.at > now - RETENTION_MS) expect(row.offset).toBe(before.offset + 1);
  });
};

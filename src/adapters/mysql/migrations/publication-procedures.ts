import { MARGIN_MS } from '../database/lifetime.js';
import { STORE_NOW, TOLERANCE_MS } from '../database/store-time.js';
import { BEGIN_TRANSACTION, type Migration, procedure, ROLL_BACK } from './migration.js';

const EPOCH = 'VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
const TEXT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

/** Like `nextEpoch` of the domain: sorts after the previous epoch. */
const nextEpoch = (previous: string): string =>
  `CONCAT(LPAD(GREATEST(v_now, COALESCE(CAST(LEFT(${previous}, 13) AS SIGNED) + 1, 0)), 13, '0'), '-', p_suffix)`;

/** Nothing was published for so long that the newest publication is about to expire. */
const IS_OVER = `COALESCE(v_newest_at, v_started_at) < v_now - p_lifetime_ms + ${MARGIN_MS}`;

const READ_AND_LOCK_HEAD = `
  SELECT epoch, newest_offset, newest_at, started_at, ends_since
    INTO v_epoch, v_offset, v_newest_at, v_started_at, v_ends_since
    FROM switchboard_heads WHERE room = p_room FOR UPDATE;
  CALL switchboard_now(p_now, v_now);`;

/**
 * Locks the room's head row, and makes it first if there is none; the time is taken after the wait for the lock. What a
 * procedure reads under this lock, it locks too: MariaDB 10.11 lets a transaction have the lock of a row that another one
 * inserted a moment before its plain reads see the other's rows.
 */
const LOCK_HEAD = `
  ${READ_AND_LOCK_HEAD}
  IF v_epoch IS NULL THEN
    INSERT INTO switchboard_heads (room, epoch, started_at, newest_offset)
      VALUES (p_room, ${nextEpoch('v_epoch')}, v_now, 0) ON DUPLICATE KEY UPDATE room = p_room;
    ${READ_AND_LOCK_HEAD}
  END IF;`;

const HEAD_VARIABLES = `
  DECLARE v_epoch ${EPOCH};
  DECLARE v_offset, v_newest_at, v_started_at, v_ends_since, v_now BIGINT;`;

/** For procedures that write to a log: it may have moved to another store. */
const REFUSE_MOVED = `
  SELECT moved_at INTO v_moved_at FROM switchboard_moves WHERE id = 1 LOCK IN SHARE MODE;
  IF v_moved_at IS NOT NULL THEN
    ROLLBACK;
    SELECT 'moved' AS outcome;
    LEAVE body;
  END IF;`;

/** A publication is read through its claim, or by its place. */
const PUBLICATION = 'epoch, log_offset, id, user_id, published_at, data, request_id';

/** If no second clock confirms that an epoch is over, an append at least this much earlier must have found the same. */
const HOUR_MS = 3_600_000;

export const publicationProcedures: Migration = {
  number: 2,
  statements: [
    ...procedure(
      'switchboard_now',
      `(p_now BIGINT, OUT v_now BIGINT) BEGIN
        SET v_now = ${STORE_NOW};
        IF ABS(p_now - v_now) <= ${TOLERANCE_MS} THEN SET v_now = p_now; END IF;
      END`,
    ),
    // Lock order: the row of moves, the head, then the claim. Marking the move waits for the appends under way.
    ...procedure(
      'switchboard_append',
      `(p_room VARBINARY(1536), p_id VARCHAR(64) ${TEXT}, p_user_id VARCHAR(1536) ${TEXT},
        p_data MEDIUMTEXT ${TEXT}, p_request_id VARCHAR(255) ${TEXT}, p_claim BINARY(32), p_hash BINARY(32),
        p_claim_ms BIGINT, p_lifetime_ms BIGINT, p_now BIGINT, p_suffix CHAR(6) ${TEXT}, p_key VARCHAR(255) ${TEXT},
        p_confirmed TINYINT)
      body: BEGIN
        ${HEAD_VARIABLES}
        DECLARE v_hash BINARY(32);
        DECLARE v_claim_epoch ${EPOCH};
        DECLARE v_claim_offset, v_moved_at, v_known BIGINT;
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        ${REFUSE_MOVED}
        ${LOCK_HEAD}

        IF p_claim IS NOT NULL THEN
          SELECT hash, epoch, log_offset INTO v_hash, v_claim_epoch, v_claim_offset
            FROM switchboard_claims WHERE id = p_claim AND expires_at > v_now FOR UPDATE;
          SELECT COUNT(*) INTO v_known FROM switchboard_publications
            WHERE room = p_room AND epoch = v_claim_epoch AND log_offset = v_claim_offset FOR UPDATE;
          IF v_known = 1 THEN
            SELECT IF(v_hash = p_hash, 'repeated', 'conflict') AS outcome, ${PUBLICATION}
              FROM switchboard_publications
              WHERE room = p_room AND epoch = v_claim_epoch AND log_offset = v_claim_offset FOR UPDATE;
            ROLLBACK;
            LEAVE body;
          END IF;
        END IF;

        IF NOT ${IS_OVER} THEN
          SET v_ends_since = NULL;
        ELSEIF p_confirmed OR v_offset = 0 OR v_ends_since <= v_now - ${HOUR_MS} THEN
          SET v_epoch = ${nextEpoch('v_epoch')}, v_offset = 0, v_started_at = v_now, v_ends_since = NULL;
        ELSE
          SET v_ends_since = LEAST(COALESCE(v_ends_since, v_now), v_now);
        END IF;
        SET v_offset = v_offset + 1;
        INSERT INTO switchboard_publications (room, ${PUBLICATION}, expires_at, publish_key)
          VALUES (p_room, v_epoch, v_offset, p_id, p_user_id, v_now, p_data, p_request_id, v_now + p_lifetime_ms, p_key);
        UPDATE switchboard_heads
          SET epoch = v_epoch, started_at = v_started_at, newest_offset = v_offset, newest_at = v_now,
            ends_since = v_ends_since
          WHERE room = p_room;
        IF p_claim IS NOT NULL THEN
          REPLACE INTO switchboard_claims (id, hash, room, epoch, log_offset, expires_at)
            VALUES (p_claim, p_hash, p_room, v_epoch, v_offset, v_now + p_claim_ms);
        END IF;
        COMMIT;
        SELECT 'appended' AS outcome, v_epoch AS epoch, v_offset AS log_offset, p_id AS id,
          p_user_id AS user_id, v_now AS published_at, p_data AS data, p_request_id AS request_id;
      END`,
    ),
    // Locks only if a room gets its first epoch, or another one while it has no publications.
    ...procedure(
      'switchboard_head',
      `(p_room VARBINARY(1536), p_lifetime_ms BIGINT, p_now BIGINT, p_suffix CHAR(6) ${TEXT})
      body: BEGIN
        ${HEAD_VARIABLES}
        ${ROLL_BACK}
        CALL switchboard_now(p_now, v_now);
        SELECT epoch, newest_offset, newest_at, started_at INTO v_epoch, v_offset, v_newest_at, v_started_at
          FROM switchboard_heads WHERE room = p_room;
        IF v_offset > 0 OR NOT ${IS_OVER} THEN
          SELECT v_epoch AS epoch, v_offset AS log_offset;
          LEAVE body;
        END IF;

        SET v_epoch = NULL;
        ${BEGIN_TRANSACTION}
        ${LOCK_HEAD}
        IF v_offset = 0 AND ${IS_OVER} THEN
          SET v_epoch = ${nextEpoch('v_epoch')};
          UPDATE switchboard_heads SET epoch = v_epoch, started_at = v_now WHERE room = p_room;
        END IF;
        COMMIT;
        SELECT v_epoch AS epoch, v_offset AS log_offset;
      END`,
    ),
    // Ends the epoch of a room with publications; the rows of that epoch are deleted afterwards, in many steps.
    ...procedure(
      'switchboard_begin',
      `(p_room VARBINARY(1536), p_now BIGINT, p_suffix CHAR(6) ${TEXT})
      body: BEGIN
        ${HEAD_VARIABLES}
        DECLARE v_moved_at BIGINT;
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        ${REFUSE_MOVED}
        ${LOCK_HEAD}
        IF v_offset > 0 THEN
          SET v_epoch = ${nextEpoch('v_epoch')};
          UPDATE switchboard_heads SET epoch = v_epoch, started_at = v_now, newest_offset = 0, newest_at = NULL
            WHERE room = p_room;
        END IF;
        COMMIT;
        SELECT v_epoch AS epoch, 0 AS log_offset;
      END`,
    ),
  ],
};

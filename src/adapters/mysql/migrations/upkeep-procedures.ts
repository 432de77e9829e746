import { UNPUBLISHED_LIFETIME_MS } from '../database/lifetime.js';
import { STORE_NOW } from '../database/store-time.js';
import { BEGIN_TRANSACTION, type Migration, procedure, ROLL_BACK } from './migration.js';

const EXPIRING = ['publications', 'claims', 'connections', 'memberships', 'used_tokens', 'limits'];

const HOUR_MS = 3_600_000;

/** By the server's own time; a process whose clock is a little behind may still read rows that have just expired. */
const LONG_EXPIRED = `${STORE_NOW} - ${HOUR_MS}`;

const deletion = (table: string): string => `
  ${BEGIN_TRANSACTION}
  DELETE FROM switchboard_${table} WHERE expires_at < ${LONG_EXPIRED} ORDER BY expires_at LIMIT p_most;
  SET v_deleted = v_deleted + ROW_COUNT();
  COMMIT;`;

export const upkeepProcedures: Migration = {
  number: 4,
  statements: [
    // One step of a limit, in the bounds that `stepsAt` of the domain gives.
    ...procedure(
      'switchboard_count',
      `(p_id VARBINARY(2048), p_unused BIGINT, p_unbelieved BIGINT, p_start BIGINT,
        p_least BIGINT, p_most BIGINT, p_add BIGINT, p_expires_at BIGINT)
      BEGIN
        DECLARE v_before, v_state BIGINT;
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        SELECT state INTO v_before FROM switchboard_limits WHERE id = p_id FOR UPDATE;
        IF v_before IS NULL THEN
          INSERT INTO switchboard_limits (id, state, expires_at) VALUES (p_id, 0, p_expires_at)
            ON DUPLICATE KEY UPDATE expires_at = p_expires_at;
          SELECT state INTO v_before FROM switchboard_limits WHERE id = p_id FOR UPDATE;
        END IF;
        SET v_state = CASE
          WHEN v_before <= p_unused OR v_before >= p_unbelieved THEN p_start
          WHEN v_before BETWEEN p_least AND p_most THEN v_before + p_add
        END;
        IF v_state IS NULL THEN
          ROLLBACK;
        ELSE
          UPDATE switchboard_limits SET state = v_state, expires_at = p_expires_at WHERE id = p_id;
          COMMIT;
        END IF;
        SELECT v_before AS state_before, v_state AS state;
      END`,
    ),
    // Deletes at most this many expired rows of each table, and returns the number. A head row stays once something was
    // published.
    ...procedure(
      'switchboard_expire',
      `(p_most INT)
      BEGIN
        DECLARE v_deleted INT DEFAULT 0;
        ${ROLL_BACK}
        ${EXPIRING.map(deletion).join('')}
        ${BEGIN_TRANSACTION}
        DELETE FROM switchboard_heads
          WHERE newest_at IS NULL AND started_at < ${LONG_EXPIRED} - ${UNPUBLISHED_LIFETIME_MS} LIMIT p_most;
        SET v_deleted = v_deleted + ROW_COUNT();
        COMMIT;
        SELECT v_deleted AS deleted;
      END`,
    ),
  ],
};

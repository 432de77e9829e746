import { BEGIN_TRANSACTION, type Migration, procedure, ROLL_BACK, TABLE_OPTIONS } from './migration.js';

const TEXT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

const MEMBERSHIP =
  'connection_id, user_id, connected_at, joined_at, expires_at, token_expires_at, without_presence, state_counter, state_hash';

/** Selects the membership and deletes it with its state: of two calls at once, one gets the row. */
const REMOVE = `
  SELECT ${MEMBERSHIP} FROM switchboard_memberships
    WHERE room = p_room AND connection_id = p_connection_id FOR UPDATE;
  DELETE FROM switchboard_memberships WHERE room = p_room AND connection_id = p_connection_id;`;

/** A membership has only the stamp of its state: pushing to a room never reads the states. */
export const memberStates: Migration = {
  number: 6,
  statements: [
    // MySQL knows no `ADD COLUMN IF NOT EXISTS`.
    ...procedure(
      'switchboard_add_stamps',
      `() BEGIN
        IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE()
            AND table_name = 'switchboard_memberships' AND column_name = 'state_counter') THEN
          ALTER TABLE switchboard_memberships ADD COLUMN state_counter BIGINT, ADD COLUMN state_hash BIGINT;
        END IF;
      END`,
    ),
    'CALL switchboard_add_stamps()',
    'DROP PROCEDURE switchboard_add_stamps',
    // Deleting a membership also deletes its state.
    `CREATE TABLE IF NOT EXISTS switchboard_states (
      room VARBINARY(1536) NOT NULL,
      connection_id VARCHAR(255) NOT NULL,
      state VARCHAR(256) NOT NULL,
      counter BIGINT NOT NULL,
      PRIMARY KEY (room, connection_id),
      FOREIGN KEY (room, connection_id) REFERENCES switchboard_memberships (room, connection_id)
        ON DELETE CASCADE
    ) ${TABLE_OPTIONS}`,
    ...procedure(
      'switchboard_set_state',
      `(p_room VARBINARY(1536), p_connection_id VARCHAR(255) ${TEXT}, p_state VARCHAR(256) ${TEXT},
        p_counter BIGINT, p_hash BIGINT)
      BEGIN
        DECLARE v_counter BIGINT;
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        SELECT COALESCE(state_counter, 0) INTO v_counter FROM switchboard_memberships
          WHERE room = p_room AND connection_id = p_connection_id FOR UPDATE;
        IF v_counter < p_counter THEN
          UPDATE switchboard_memberships SET state_counter = p_counter, state_hash = p_hash
            WHERE room = p_room AND connection_id = p_connection_id;
          INSERT INTO switchboard_states (room, connection_id, state, counter)
            VALUES (p_room, p_connection_id, p_state, p_counter)
            ON DUPLICATE KEY UPDATE state = p_state, counter = p_counter;
        END IF;
        COMMIT;
        SELECT v_counter IS NOT NULL AS is_member;
      END`,
    ),
    ...procedure(
      'switchboard_leave',
      `(p_room VARBINARY(1536), p_connection_id VARCHAR(255) ${TEXT})
      BEGIN
        DECLARE v_rooms TEXT ${TEXT};
        DECLARE v_listed TEXT ${TEXT} DEFAULT CONCAT('#', CONVERT(p_room USING utf8mb4), '#');
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        SELECT rooms INTO v_rooms FROM switchboard_connections
          WHERE connection_id = p_connection_id FOR UPDATE;
        ${REMOVE}
        UPDATE switchboard_connections SET rooms = REPLACE(rooms, v_listed, '#')
          WHERE connection_id = p_connection_id;
        COMMIT;
      END`,
    ),
    ...procedure(
      'switchboard_remove_member',
      `(p_room VARBINARY(1536), p_connection_id VARCHAR(255) ${TEXT})
      BEGIN
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        ${REMOVE}
        COMMIT;
      END`,
    ),
  ],
};

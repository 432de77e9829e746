import { BEGIN_TRANSACTION, type Migration, procedure, ROLL_BACK } from './migration.js';

const TEXT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

const MEMBERSHIP =
  'connection_id, user_id, connected_at, joined_at, expires_at, token_expires_at, without_presence';

/** Lock order: the connection, then its membership. What deletes a membership came with the states of members. */
export const membershipProcedures: Migration = {
  number: 3,
  statements: [
    ...procedure(
      'switchboard_join',
      `(p_room VARBINARY(1536), p_connection_id VARCHAR(255) ${TEXT}, p_user_id VARCHAR(1536) ${TEXT},
        p_connected_at BIGINT, p_joined_at BIGINT, p_expires_at BIGINT, p_token_expires_at BIGINT,
        p_without_presence TINYINT, p_most INT)
      body: BEGIN
        DECLARE v_rooms TEXT ${TEXT};
        DECLARE v_permissions MEDIUMTEXT ${TEXT};
        DECLARE v_token_expires_at BIGINT;
        DECLARE v_listed TEXT ${TEXT} DEFAULT CONCAT('#', CONVERT(p_room USING utf8mb4), '#');
        DECLARE v_known INT;
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        SELECT rooms, token_expires_at, permissions INTO v_rooms, v_token_expires_at, v_permissions
          FROM switchboard_connections WHERE connection_id = p_connection_id FOR UPDATE;
        IF v_rooms IS NULL OR (LOCATE(v_listed, v_rooms) = 0
            AND CHAR_LENGTH(v_rooms) - CHAR_LENGTH(REPLACE(v_rooms, '#', '')) > p_most) THEN
          DELETE FROM switchboard_memberships WHERE room = p_room AND connection_id = p_connection_id;
          COMMIT;
          SELECT IF(v_rooms IS NULL, 'session_unknown', 'room_limit') AS outcome;
          LEAVE body;
        END IF;

        IF LOCATE(v_listed, v_rooms) = 0 THEN
          UPDATE switchboard_connections SET rooms = CONCAT(rooms, SUBSTRING(v_listed, 2))
            WHERE connection_id = p_connection_id;
        END IF;
        SELECT COUNT(*) INTO v_known FROM switchboard_memberships
          WHERE room = p_room AND connection_id = p_connection_id FOR UPDATE;
        INSERT INTO switchboard_memberships (room, ${MEMBERSHIP})
          VALUES (p_room, p_connection_id, p_user_id, p_connected_at, p_joined_at, p_expires_at,
            p_token_expires_at, p_without_presence)
          ON DUPLICATE KEY UPDATE user_id = p_user_id, connected_at = p_connected_at, expires_at = p_expires_at,
            token_expires_at = p_token_expires_at, without_presence = p_without_presence;
        COMMIT;
        SELECT IF(v_known = 0, 'joined', 'rejoined') AS outcome, v_token_expires_at AS token_expires_at,
          v_permissions AS permissions;
      END`,
    ),
    ...procedure(
      'switchboard_remove_connection',
      `(p_connection_id VARCHAR(255) ${TEXT})
      BEGIN
        ${ROLL_BACK}
        ${BEGIN_TRANSACTION}
        SELECT * FROM switchboard_connections WHERE connection_id = p_connection_id FOR UPDATE;
        DELETE FROM switchboard_connections WHERE connection_id = p_connection_id;
        COMMIT;
      END`,
    ),
    ...procedure(
      'switchboard_renew_connection',
      `(p_connection_id VARCHAR(255) ${TEXT}, p_token_expires_at BIGINT, p_permissions MEDIUMTEXT ${TEXT})
      BEGIN
        UPDATE switchboard_connections SET token_expires_at = p_token_expires_at, permissions = p_permissions
          WHERE connection_id = p_connection_id;
        SELECT * FROM switchboard_connections WHERE connection_id = p_connection_id;
      END`,
    ),
  ],
};

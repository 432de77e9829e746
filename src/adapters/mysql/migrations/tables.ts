import { type Migration, TABLE_OPTIONS } from './migration.js';

/**
 * Names of rooms are bytes: with four bytes for each character, they would not fit into an index. All times are epoch
 * milliseconds. The names of a connection's joined rooms are separated by `#`, which no name contains.
 */
export const tables: Migration = {
  number: 1,
  statements: [
    `CREATE TABLE IF NOT EXISTS switchboard_connections (
      connection_id VARCHAR(255) NOT NULL PRIMARY KEY,
      user_id VARCHAR(1536) NOT NULL,
      connected_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      token_expires_at BIGINT,
      permissions MEDIUMTEXT,
      noticed_expiry BIGINT,
      rooms TEXT NOT NULL,
      KEY by_expiry (expires_at)
    ) ${TABLE_OPTIONS}`,
    `CREATE TABLE IF NOT EXISTS switchboard_memberships (
      room VARBINARY(1536) NOT NULL,
      connection_id VARCHAR(255) NOT NULL,
      user_id VARCHAR(1536) NOT NULL,
      connected_at BIGINT NOT NULL,
      joined_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      token_expires_at BIGINT,
      without_presence TINYINT NOT NULL DEFAULT 0,
      PRIMARY KEY (room, connection_id),
      KEY by_expiry (expires_at)
    ) ${TABLE_OPTIONS}`,
    `CREATE TABLE IF NOT EXISTS switchboard_heads (
      room VARBINARY(1536) NOT NULL PRIMARY KEY,
      epoch VARCHAR(32) NOT NULL,
      started_at BIGINT NOT NULL,
      newest_offset BIGINT NOT NULL,
      newest_at BIGINT,
      ends_since BIGINT,
      KEY by_newest (newest_at, started_at)
    ) ${TABLE_OPTIONS}`,
    `CREATE TABLE IF NOT EXISTS switchboard_publications (
      room VARBINARY(1536) NOT NULL,
      epoch VARCHAR(32) NOT NULL,
      log_offset BIGINT NOT NULL,
      id VARCHAR(64) NOT NULL,
      user_id VARCHAR(1536) NOT NULL,
      published_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      request_id VARCHAR(255) NOT NULL,
      data MEDIUMTEXT NOT NULL,
      publish_key VARCHAR(255),
      PRIMARY KEY (room, epoch, log_offset),
      KEY by_expiry (expires_at)
    ) ${TABLE_OPTIONS}`,
    `CREATE TABLE IF NOT EXISTS switchboard_claims (
      id BINARY(32) NOT NULL PRIMARY KEY,
      hash BINARY(32) NOT NULL,
      room VARBINARY(1536) NOT NULL,
      epoch VARCHAR(32) NOT NULL,
      log_offset BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      KEY by_expiry (expires_at)
    ) ${TABLE_OPTIONS}`,
    `CREATE TABLE IF NOT EXISTS switchboard_used_tokens (
      id VARBINARY(1024) NOT NULL PRIMARY KEY,
      expires_at BIGINT NOT NULL,
      KEY by_expiry (expires_at)
    ) ${TABLE_OPTIONS}`,
    `CREATE TABLE IF NOT EXISTS switchboard_limits (
      id VARBINARY(2048) NOT NULL PRIMARY KEY,
      state BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      KEY by_expiry (expires_at)
    ) ${TABLE_OPTIONS}`,
    // One row: whether the log has moved to another store, and from which it came, by the moment when that was marked.
    `CREATE TABLE IF NOT EXISTS switchboard_moves (
      id TINYINT NOT NULL PRIMARY KEY,
      moved_at BIGINT,
      imported BIGINT,
      import_done TINYINT NOT NULL DEFAULT 0
    ) ${TABLE_OPTIONS}`,
    'INSERT INTO switchboard_moves (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id',
  ],
};

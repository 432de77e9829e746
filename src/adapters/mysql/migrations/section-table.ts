import { type Migration, TABLE_OPTIONS } from './migration.js';

/** The bounds of large rooms' sections: a row for each room that ever was large. They are few, so none is deleted. */
export const sectionTable: Migration = {
  number: 5,
  statements: [
    `CREATE TABLE IF NOT EXISTS switchboard_sections (
      room VARBINARY(1536) NOT NULL PRIMARY KEY,
      bounds MEDIUMTEXT NOT NULL,
      expires_at BIGINT NOT NULL
    ) ${TABLE_OPTIONS}`,
  ],
};

import type { Server } from 'node:http';
import dynalite from 'dynalite';
import databases, { type LevelDatabase } from 'dynalite/db/index.js';

export interface DatabaseServer {
  server: Server;
  database: LevelDatabase;
}

/** A dynalite, and the database below it: dynalite itself does not expose it. */
export const createDatabaseServer = (folder: string | undefined): DatabaseServer => {
  const { create } = databases;
  let database: LevelDatabase | undefined;
  databases.create = (options) => {
    const store = create(options);
    database = store.db;
    return store;
  };
  try {
    const path = folder !== undefined && { path: folder };
    const server = dynalite({ createTableMs: 0, deleteTableMs: 0, ...path });
    if (!database) throw new Error('dynalite made no database');
    return { server, database };
  } finally {
    databases.create = create;
  }
};

declare module 'dynalite' {
  import type { Server } from 'node:http';

  export interface DynaliteOptions {
    /** A folder for LevelDB; absent, everything is in memory. */
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}

declare module 'dynalite/db/index.js' {
  import type { DynaliteOptions } from 'dynalite';

  export interface LevelIterator<T> extends AsyncIterable<T> {
    next(): Promise<T | undefined>;
    close(): Promise<void>;
    return?(): Promise<void>;
  }

  export type Callback = (error: Error | null, value?: unknown) => void;

  export interface Range {
    gte?: string;
    lt?: string;
    limit?: number;
  }

  type Operation<Arguments extends unknown[]> = {
    (...operation: Arguments): Promise<unknown>;
    (...operation: [...Arguments, Callback]): void;
  };

  /** LevelDB as dynalite uses it: with callbacks, and with iterators made into streams. */
  export interface LevelDatabase {
    get: Operation<[key: string]>;
    put: Operation<[key: string, value: unknown]>;
    del: Operation<[key: string]>;
    batch: Operation<[operations: unknown[]]>;
    keys(range?: Range): LevelIterator<string>;
    values(range?: Range): LevelIterator<unknown>;
    iterator(range?: Range): LevelIterator<[string, unknown]>;
    open(): Promise<void>;
    /** `_original` closes it so that it can be opened again. */
    close: { (): Promise<void>; _original(): Promise<void> };
  }

  const databases: { create(options: DynaliteOptions): { db: LevelDatabase } };
  export default databases;
}

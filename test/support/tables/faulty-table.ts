import type { Change, Condition } from '../../../src/adapters/dynamodb/table/expression.js';
import type { Key, Query, Row, RowPage, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { ClientError } from '../../../src/domain/client-error.js';
import type { ProcessFault } from '../../contracts/publication-log/publication-logs.js';

const never = new Promise<never>(() => {});

/** A process's access to a table, which fails at one of its writes. */
export class FaultyTable implements Table {
  readonly struck: Promise<void>;
  wake: () => void = () => {};
  #strike: () => void = () => {};
  #isStruck = false;
  #isDead = false;
  readonly #awake: Promise<void>;

  constructor(
    private readonly table: Table,
    private readonly fault: ProcessFault,
  ) {
    this.struck = new Promise((resolve) => {
      this.#strike = resolve;
    });
    this.#awake = new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  now(): number | undefined {
    return this.table.now();
  }

  put(item: Row, onlyIf?: Condition): Promise<boolean> {
    return this.#orFail(kindOf(item, onlyIf), () => this.table.put(item, onlyIf));
  }

  get(key: Key, signal?: AbortSignal): Promise<Row | undefined> {
    return this.#alive(() => this.table.get(key, signal));
  }

  query(query: Query): Promise<RowPage> {
    return this.#alive(() => this.table.query(query));
  }

  count(pk: string, atMost: number): Promise<number> {
    return this.#alive(() => this.table.count(pk, atMost));
  }

  update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    return this.#alive(() => this.table.update(key, change, onlyIf));
  }

  delete(key: Key): Promise<Row | undefined> {
    return this.#alive(() => this.table.delete(key));
  }

  putAll(items: readonly Row[]): Promise<void> {
    return this.#alive(() => this.table.putAll(items));
  }

  async #orFail<T>(kind: ProcessFault['at'] | undefined, write: () => Promise<T>): Promise<T> {
    if (this.#isStruck || this.#isDead || kind !== this.fault.at) return this.#alive(write);
    this.#isStruck = true;
    switch (this.fault.what) {
      case 'dies before':
        return this.#die();
      case 'dies after':
        await write();
        return this.#die();
      case 'sleeps before':
        this.#strike();
        await this.#awake;
        return write();
      case 'answer lost':
        await write();
        this.#strike();
        throw new ClientError('unavailable');
    }
  }

  #die(): Promise<never> {
    this.#isDead = true;
    this.#strike();
    return never;
  }

  async #alive<T>(operation: () => Promise<T>): Promise<T> {
    return this.#isDead ? never : operation();
  }
}

const kindOf = (
  { pk, sk, seal, epoch }: Row,
  onlyIf: Condition | undefined,
): ProcessFault['at'] | undefined => {
  if (pk.startsWith('CLAIM#')) return 'claim';
  if (sk !== 'META') return seal ? undefined : 'publication';
  if (!onlyIf || 'absent' in onlyIf) return undefined;
  return JSON.stringify(onlyIf).includes(JSON.stringify(epoch)) ? 'room' : 'epoch';
};

import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { claimKey, MOVED_KEY, metaKey } from '../../../src/adapters/dynamodb/keys.js';
import { toPublicationRow } from '../../../src/adapters/dynamodb/log/publication-row.js';
import { expiry, lifetimeOf, PUBLICATION_LIFETIME_MS } from '../../../src/adapters/dynamodb/table/expiry.js';
import type { Key, Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { IDEMPOTENCY_MS, LONGEST_RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { DONE, NOT_EMPTY, OTHER_IMPORT, type Target } from './import-lines.js';
import type { MovedPublication, MovedRoom } from './move-file.js';

/** The longest retention of a stage: reads leave out publications that are older than the stage's own. */
const LIFETIME_MS = lifetimeOf(LONGEST_RETENTION_MS);

const IMPORT_KEY: Key = { pk: 'IMPORT', sk: 'IMPORT' };

/** A messages table. Imported rows are not pushed: the stream skips rows without `fanOut`. */
export class DynamoDBTarget implements Target {
  constructor(
    private readonly table: Table,
    /** Of the same table. */
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async begin(movedAt: number): Promise<void> {
    const state = await this.table.get(IMPORT_KEY);
    if (state?.movedAt === movedAt && state.done === true) {
      await this.#open(movedAt);
      throw new Error(DONE);
    }
    if (state && state.movedAt !== movedAt) throw new Error(OTHER_IMPORT);
    if (!state && (await this.#hasRows())) throw new Error(NOT_EMPTY);
    await this.table.put({ ...IMPORT_KEY, movedAt });
    await this.table.put({ ...MOVED_KEY, movedAt });
  }

  async publications(publications: readonly MovedPublication[]): Promise<void> {
    await this.table.putAll(publications.flatMap(toRows));
  }

  async room({ moved, epoch, startedAt, offset }: MovedRoom): Promise<void> {
    const unpublished = offset === 0 ? expiry(startedAt + PUBLICATION_LIFETIME_MS) : {};
    await this.table.put({ ...metaKey(moved), epoch, startedAt, ...unpublished });
  }

  async end(): Promise<void> {
    const state = await this.table.update(IMPORT_KEY, { set: { done: true } });
    await this.#open(state?.movedAt as number);
  }

  /** Removes the import's own mark, but not the mark of a later export. */
  async #open(movedAt: number): Promise<void> {
    const mark = await this.table.get(MOVED_KEY);
    if (mark?.movedAt === movedAt) await this.table.delete(MOVED_KEY);
  }

  async #hasRows(): Promise<boolean> {
    const scan = { TableName: this.tableName, ConsistentRead: true, Limit: 1 };
    for await (const page of paginateScan({ client: this.documents }, scan))
      if ((page.Items ?? []).length > 0) return true;
    return false;
  }
}

const toRows = ({ room, epoch, offset, id, from, at, data, requestId, key }: MovedPublication): Row[] => {
  const slot = { room, epoch, offset };
  const draft = { from, data: JsonText.stored(data), requestId, key };
  const row = toPublicationRow(slot, draft, {
    id,
    at,
    expiresAt: at + LIFETIME_MS,
  });
  if (key === undefined) return [row];
  const hash = createHash('sha256').update(data).digest('base64url');
  return [row, { ...claimKey(room, from, key), epoch, offset, hash, ...expiry(at + IDEMPOTENCY_MS) }];
};

import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { claimKey, metaKey } from '../../../src/adapters/dynamodb/keys.js';
import { toPublicationRow } from '../../../src/adapters/dynamodb/log/publication-row.js';
import { expiry, lifetimeOf, PUBLICATION_LIFETIME_MS } from '../../../src/adapters/dynamodb/table/expiry.js';
import type { Key, Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { IDEMPOTENCY_MS, LONGEST_RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { DONE, NOT_EMPTY, OTHER_IMPORT, type Target } from './import-lines.js';
import type { MovedPublication, MovedRoom } from './move-file.js';

/** The longest that a stage may have: reads leave out what is older than its own. */
const LIFETIME_MS = lifetimeOf(LONGEST_RETENTION_MS);

const IMPORT_KEY: Key = { pk: 'IMPORT', sk: 'IMPORT' };

/** A messages table. What it is given is not pushed: the stream skips rows without `fanOut`. */
export class DynamoDBTarget implements Target {
  constructor(
    private readonly table: Table,
    /** Of the same table. */
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async begin(movedAt: number): Promise<void> {
    const state = await this.table.get(IMPORT_KEY);
    if (state?.movedAt === movedAt && state.done === true) throw new Error(DONE);
    if (state && state.movedAt !== movedAt) throw new Error(OTHER_IMPORT);
    if (!state && (await this.#hasRows())) throw new Error(NOT_EMPTY);
    await this.table.put({ ...IMPORT_KEY, movedAt });
  }

  async publications(publications: readonly MovedPublication[]): Promise<void> {
    await this.table.putAll(publications.flatMap(toRows));
  }

  async room({ moved, epoch, startedAt, offset }: MovedRoom): Promise<void> {
    const unpublished = offset === 0 ? expiry(startedAt + PUBLICATION_LIFETIME_MS) : {};
    await this.table.put({ ...metaKey(moved), epoch, startedAt, ...unpublished });
  }

  async end(): Promise<void> {
    await this.table.update(IMPORT_KEY, { set: { done: true } });
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

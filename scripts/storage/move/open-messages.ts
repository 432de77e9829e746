import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from '../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../src/adapters/dynamodb/table/document-table.js';
import type { Table } from '../../../src/adapters/dynamodb/table/table.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { prepareDataFolder } from '../../../src/entry/local/settings/data-folder.js';
import { openStorage } from '../../../src/entry/local/storage/storage.js';
import { readSettings } from '../../../src/entry/settings.js';
import { stackResource } from '../../support/stack-resource.js';
import type { StoreLocation } from './open-store.js';

export interface Messages {
  table: Table;
  documents: DynamoDBDocumentClient;
  tableName: string;
  close(): Promise<void>;
}

/** The messages table of a stage, a table by its name, or the one in a data folder whose program is not running. */
export const openMessages = async (
  { stage, table, folder }: Pick<StoreLocation, 'stage' | 'table' | 'folder'>,
  as: 'source' | 'target',
): Promise<Messages> => {
  const settings = readSettings({});
  if (folder !== undefined) {
    // LevelDB's own file.
    if (as === 'source' && !existsSync(join(folder, 'CURRENT')))
      throw new Error(`--folder ${folder} is not a data folder of npm start`);
    prepareDataFolder(folder);
  }
  const storage =
    folder === undefined ? undefined : await openStorage(settings, folder, new EventLog('warn'));
  const tableName =
    table ?? (stage === undefined ? settings.MESSAGES_TABLE : await stackResource(stage, 'MessagesTable'));
  const documents = createDocumentClient(storage && { endpoint: storage.endpoint, ...storage.access });
  const close = async () => {
    documents.destroy();
    await storage?.stop();
  };
  return { table: onTable(documents, tableName), documents, tableName, close };
};

const onTable = (documents: DynamoDBDocumentClient, name: string): Table => {
  const clock = new SystemClock();
  return new DocumentTable(documents, name, (attempt) => clock.sleep(Math.random() * 50 * 2 ** attempt));
};

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';

export type StoredRow = { pk: string; sk: string } & Record<string, unknown>;

/** Reads the tables directly. */
export class Tables {
  constructor(private readonly endpoint: string) {}

  async connections(): Promise<StoredRow[]> {
    return this.#scan('switchboard-connections');
  }

  async messages(): Promise<StoredRow[]> {
    return this.#scan('switchboard-messages');
  }

  async all(): Promise<StoredRow[]> {
    return [...(await this.connections()), ...(await this.messages())];
  }

  async #scan(TableName: string): Promise<StoredRow[]> {
    const client = new DynamoDBClient({ ...ANY_ACCESS, endpoint: this.endpoint });
    try {
      const documents = DynamoDBDocumentClient.from(client);
      const { Items = [] } = await documents.send(new ScanCommand({ TableName, ConsistentRead: true }));
      return (Items as StoredRow[]).sort((a, b) => (a.pk + a.sk < b.pk + b.sk ? -1 : 1));
    } finally {
      client.destroy();
    }
  }
}

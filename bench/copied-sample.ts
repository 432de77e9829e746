import {
  type ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

/**
 * The widely copied sample: scans the table of connections and posts to one after the other. It stops at the first dead
 * connection; `tolerant` is the better copy, which skips dead connections.
 */
export const broadcastAsCopied = async (
  documents: DynamoDBDocumentClient,
  api: ApiGatewayManagementApiClient,
  table: string,
  data: string,
  tolerant: boolean,
): Promise<void> => {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: table }));
  for (const { connectionId } of Items.filter(({ sk }) => sk === 'CONNECTION')) {
    try {
      await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }));
    } catch (error) {
      if (!tolerant) throw error;
    }
  }
};

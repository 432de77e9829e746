import {
  type ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

/**
 * What is copied everywhere: scan the table of connections, post to one after the other. It stops at the first that is
 * gone; `tolerant` is the better copy, which passes over those.
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

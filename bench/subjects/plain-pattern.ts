import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { measured } from './measured.js';

// The common sample: it scans the table of connections, and posts to all of them at once.

const documents = DynamoDBDocumentClient.from(
  new DynamoDBClient({ endpoint: String(process.env.DYNAMODB_ENDPOINT) }),
);
const api = new ApiGatewayManagementApiClient({ endpoint: String(process.env.CALLBACK_URL) });

measured(async () => {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({
        TableName: 'bench-connections',
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  await Promise.all(
    items.map(async ({ sk }) => {
      try {
        await api.send(new PostToConnectionCommand({ ConnectionId: String(sk), Data: '{"data":"hello"}' }));
      } catch {
        // The better copies skip dead connections.
      }
    }),
  );
  return undefined;
});

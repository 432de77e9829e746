import { readStreamRecord } from '../../../adapters/dynamodb/log/read-stream-record.js';
import type { Application } from '../../application.js';
import { authorization } from '../../bindings/authorization.js';
import { limits } from '../../bindings/limits.js';
import { onDynamoDB } from '../../bindings/stores/on-dynamodb.js';
import { createApplication } from '../../container.js';
import { createFanOut } from '../../lambda/handlers/create-fan-out.js';
import type { Settings } from '../../settings.js';
import type { LocalQueue } from '../queue/open-queue.js';
import { onLocalQueue, servePieces } from '../queue/serve-pieces.js';
import { accessTo } from '../settings/access.js';
import type { Instruments } from '../settings/instruments.js';
import type { Storage } from '../storage/storage.js';
import { EventSourceMapping } from '../stream/event-source-mapping.js';
import { readStreamFunction } from '../stream/mapping-settings.js';
import { ObservedTable } from '../stream/observed-table.js';
import { toStreamRecord } from '../stream/stream-record.js';

export interface StreamedApplication {
  application: Application;
  stream: EventSourceMapping;
}

/** Runs on a DynamoDB server, with a replacement for its missing stream. */
export const createStreamedApplication = (
  settings: Settings,
  callbackUrl: string,
  { endpoint, access }: Storage,
  queue: LocalQueue,
  { log, clock, meter, pieceMembers }: Instruments,
): StreamedApplication => {
  const { mapping, timeout } = readStreamFunction(
    new URL('../../../../serverless.yml', import.meta.url),
    'fanOut',
  );
  let records = 0;
  const application = createApplication(
    onDynamoDB(
      { ...settings, CALLBACK_URL: callbackUrl, DYNAMODB_ENDPOINT: endpoint },
      {
        database: access,
        callbacks: accessTo(callbackUrl),
        log,
        clock,
        onDocuments: (documents) => meter.store.watch(documents),
        aroundMessages: (table) =>
          new ObservedTable(table, (write) => {
            records += 1;
            stream.add(toStreamRecord(write, records, settings.MESSAGES_TABLE));
          }),
      },
    ),
    onLocalQueue(settings, queue),
    authorization(settings),
    limits(settings, { pieceMembers }),
  );
  servePieces(application, queue, { log, clock, meter });
  const stream = new EventSourceMapping({
    settings: mapping,
    timeout,
    handler: meter.metered('fan-out', createFanOut(application, readStreamRecord, log)),
    onFailure: (given, reason) =>
      log.warn({ reason, rows: given.map(({ dynamodb }) => dynamodb.Keys) }, 'Stream records were given up'),
  });
  return { application, stream };
};

import { toPiece } from '../../../adapters/sqs/piece-message.js';
import type { Application } from '../../application.js';
import { onQueue } from '../../bindings/stores/on-queue.js';
import { createPieces } from '../../lambda/handlers/create-pieces.js';
import type { Settings } from '../../settings.js';
import type { Surroundings } from '../settings/surroundings.js';
import type { LocalQueue } from './open-queue.js';

/** One process serves them all, so more at once would only wait for each other. */
const AT_ONCE = 4;

/** The deployed adapter, on the queue of this process. */
export const onLocalQueue = (settings: Settings, { access, urls }: LocalQueue) =>
  onQueue({ ...settings, PIECE_QUEUE_URL: urls.queue, PIECE_FAILURES_URL: urls.failures }, access);

/** Serves pieces with the deployed handler. */
export const servePieces = (
  application: Application,
  queue: LocalQueue,
  { log, meter }: Surroundings,
): void => {
  queue.serve(meter.metered('pieces', createPieces(application, toPiece, log)), AT_ONCE);
};

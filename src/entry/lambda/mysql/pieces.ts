import { toPiece } from '../../../adapters/sqs/piece-message.js';
import { onQueue } from '../../bindings/stores/on-queue.js';
import { createPieces } from '../handlers/create-pieces.js';
import { createMySqlApplication } from './mysql-application.js';

const { application, log } = createMySqlApplication(process.env, { queue: onQueue, paced: true });

export const handler = createPieces(application, toPiece, log);

import { toPiece } from '../../adapters/sqs/piece-message.js';
import { onQueue } from '../bindings/on-queue.js';
import { createPieces } from './create-pieces.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication(process.env, { queue: onQueue, paced: true });

export const handler = createPieces(application, toPiece, log);

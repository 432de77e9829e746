import { createLambdaApplication } from '../handlers/lambda-application.js';
import { createEraseRoom } from './create-erase-room.js';

const { application, log } = createLambdaApplication();

export const handler = createEraseRoom(application, log);

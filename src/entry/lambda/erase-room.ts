import { createLambdaApplication } from './lambda-application.js';
import { createEraseRoom } from './operators/create-erase-room.js';

const { application, log } = createLambdaApplication();

export const handler = createEraseRoom(application, log);

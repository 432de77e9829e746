import { createEraseRoom } from '../../operators/create-erase-room.js';
import { createMySqlApplication } from '../mysql-application.js';

const { application, log } = createMySqlApplication();

export const handler = createEraseRoom(application, log);

import { createLambdaApplication } from './lambda-application.js';
import { createDisconnectUser } from './operators/create-disconnect-user.js';

const { application, log } = createLambdaApplication();

export const handler = createDisconnectUser(application, log);

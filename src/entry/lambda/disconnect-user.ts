import { createDisconnectUser } from './create-disconnect-user.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createDisconnectUser(application, log);

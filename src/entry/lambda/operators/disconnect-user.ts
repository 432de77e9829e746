import { createLambdaApplication } from '../handlers/lambda-application.js';
import { createDisconnectUser } from './create-disconnect-user.js';

const { application, log } = createLambdaApplication();

export const handler = createDisconnectUser(application, log);

import { createLambdaApplication } from './lambda-application.js';
import { createRemoveUser } from './operators/create-remove-user.js';

const { application, log } = createLambdaApplication();

export const handler = createRemoveUser(application, log);

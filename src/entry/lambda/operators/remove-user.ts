import { createLambdaApplication } from '../handlers/lambda-application.js';
import { createRemoveUser } from './create-remove-user.js';

const { application, log } = createLambdaApplication();

export const handler = createRemoveUser(application, log);

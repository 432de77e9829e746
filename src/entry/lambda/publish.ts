import { createPublish } from './back-end/create-publish.js';
import { createLambdaApplication } from './handlers/lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createPublish(application, log);

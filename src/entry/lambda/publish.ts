import { createPublish } from './back-end/create-publish.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createPublish(application, log);

import { createRouter } from './create-router.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createRouter(application, log);

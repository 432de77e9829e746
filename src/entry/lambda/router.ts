import { createRouter } from './handlers/create-router.js';
import { createLambdaApplication } from './handlers/lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createRouter(application, log);

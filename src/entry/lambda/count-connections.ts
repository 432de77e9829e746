import { createCountConnections } from './handlers/create-count-connections.js';
import { createLambdaApplication } from './handlers/lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createCountConnections(application, log);

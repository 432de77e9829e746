import { createCountConnections } from './create-count-connections.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createCountConnections(application, log);

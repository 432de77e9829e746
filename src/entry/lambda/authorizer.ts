import { createAuthorizer } from './handlers/create-authorizer.js';
import { createLambdaApplication } from './handlers/lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createAuthorizer(application.authorizeConnection, log);

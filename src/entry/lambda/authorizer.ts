import { createAuthorizer } from './create-authorizer.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createAuthorizer(application.authorizeConnection, log);

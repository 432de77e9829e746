import { readStoredPublication } from '../bindings/stored-publication.js';
import { createFanOut } from './create-fan-out.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createFanOut(application, readStoredPublication, log);

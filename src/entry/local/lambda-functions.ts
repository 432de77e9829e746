import type { IncomingMessage, ServerResponse } from 'node:http';
import { functionUrls } from '../../../gateway/lambda/function-urls.js';
import { invokeApi } from '../../../gateway/lambda/invoke-api.js';
import type { Application } from '../application.js';
import type { EventLog } from '../event-log.js';
import { createCountConnections } from '../lambda/create-count-connections.js';
import { createDisconnectUser } from '../lambda/create-disconnect-user.js';
import { createPublish } from '../lambda/create-publish.js';

/** As functions of the stage `dev` are named, so that a program that calls one there can call this one. */
const PREFIX = 'switchboard-dev-';

/** The functions that back ends and operators invoke, at the addresses of Lambda. */
export const lambdaFunctions = (application: Application, log: EventLog) => {
  const publish = createPublish(application, log);
  const named = [
    ['disconnect-user', createDisconnectUser(application, log)],
    ['count-connections', createCountConnections(application, log)],
    ['publish', publish],
  ] as const;
  const functions = new Map(
    named.flatMap(
      ([name, fn]) =>
        [
          [name, fn],
          [`${PREFIX}${name}`, fn],
        ] as const,
    ),
  );
  const invoke = invokeApi(functions);
  const urls = functionUrls(new Map([['publish', publish]]));
  return (request: IncomingMessage, response: ServerResponse): boolean =>
    invoke(request, response) || urls(request, response);
};

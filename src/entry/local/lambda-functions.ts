import type { IncomingMessage, ServerResponse } from 'node:http';
import { functionUrls } from '../../../gateway/lambda/function-urls.js';
import { invokeApi } from '../../../gateway/lambda/invoke-api.js';
import type { InvokableFunction } from '../../../gateway/lambda/lambda-request.js';
import type { Application } from '../application.js';
import { createPublish } from '../lambda/back-end/create-publish.js';
import { createCountConnections } from '../lambda/handlers/create-count-connections.js';
import { createDisconnectUser } from '../lambda/operators/create-disconnect-user.js';
import { createEraseInbox } from '../lambda/operators/create-erase-inbox.js';
import { createEraseRoom } from '../lambda/operators/create-erase-room.js';
import { createRemoveUser } from '../lambda/operators/create-remove-user.js';
import type { Instruments } from './settings/instruments.js';

/** Named like the functions of the stage `dev`, so that a program that calls one there can call this one. */
const PREFIX = 'switchboard-dev-';

/** The functions that back ends and operators invoke, at the addresses of Lambda. */
export const lambdaFunctions = (
  application: Application,
  { log, meter }: Pick<Instruments, 'log' | 'meter'>,
) => {
  const unmetered: Record<string, InvokableFunction> = {
    publish: createPublish(application, log),
    'disconnect-user': createDisconnectUser(application, log),
    'remove-user': createRemoveUser(application, log),
    'erase-room': createEraseRoom(application, log),
    'erase-inbox': createEraseInbox(application, log),
    'count-connections': createCountConnections(application, log),
  };
  const named = Object.entries(unmetered).map(([name, fn]) => [name, meter.metered(name, fn)] as const);
  const deployed = named.map(([name, fn]) => [`${PREFIX}${name}`, fn] as const);
  const functions = new Map([...named, ...deployed]);
  const invoke = invokeApi(functions);
  const urls = functionUrls(new Map(named.filter(([name]) => name === 'publish')));
  return (request: IncomingMessage, response: ServerResponse): boolean =>
    invoke(request, response) || urls(request, response);
};

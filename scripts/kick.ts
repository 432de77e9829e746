// npm run --silent kick -- --user alice
// Closes all connections of a user of the local program. On AWS, invoke the function disconnectUser.
import { USER_ID } from '../protocol/names.js';
import { readOptions } from './read-options.js';

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const readUser = (): string | undefined => {
  try {
    return readOptions('user').user;
  } catch (error) {
    return fail((error as Error).message);
  }
};

const userId = readUser();
if (userId === undefined || !USER_ID.test(userId)) fail('Usage: npm run --silent kick -- --user alice');

const port = process.env.PORT || '3001';
const url = `http://localhost:${port}/2015-03-31/functions/disconnect-user/invocations`;
const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };
const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ userId }) }).catch(() =>
  fail(`Nothing answers at port ${port}. Run npm start, or set PORT to the program's port.`),
);
const result = (await answer.json()) as { connections?: number };
if (!answer.ok || answer.headers.has('x-amz-function-error')) fail(JSON.stringify(result));
const { connections } = result;
console.log(`Closed ${connections} ${connections === 1 ? 'connection' : 'connections'} of ${userId}`);

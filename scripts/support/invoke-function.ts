import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { stackResource } from './stack-resource.js';

/**
 * Invokes a function that back ends or operators use: of the local program, or with `stage` on AWS, with the region and the
 * credentials of the AWS SDK.
 *
 * @throws Error with one line that says what to do
 */
export const invokeFunction = async (name: string, payload: unknown, stage?: string): Promise<unknown> => {
  const invoke = stage === undefined ? invokeHere(name) : await invokeThere(name, stage);
  const { failed, text } = await invoke(JSON.stringify(payload));
  if (failed) throw new Error(`${name} failed: ${text}`);
  return JSON.parse(text);
};

type Invoke = (payload: string) => Promise<{ failed: boolean; text: string }>;

const invokeHere =
  (name: string): Invoke =>
  async (body) => {
    const port = process.env.PORT || '3001';
    const url = `http://localhost:${port}/2015-03-31/functions/${name}/invocations`;
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };
    const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => {
      throw new Error(`Nothing answers at port ${port}. Run npm start, or set PORT to the program's port.`);
    });
    return {
      failed: !answer.ok || answer.headers.has('x-amz-function-error'),
      text: await answer.text(),
    };
  };

const invokeThere = async (name: string, stage: string): Promise<Invoke> => {
  const FunctionName = await stackResource(stage, logicalId(name));
  return async (Payload) => {
    const client = new LambdaClient({});
    try {
      const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
      return {
        failed: answer.FunctionError !== undefined,
        text: new TextDecoder().decode(answer.Payload),
      };
    } finally {
      client.destroy();
    }
  };
};

/** The packager's form of the function's name. */
const logicalId = (name: string): string =>
  `${name.replaceAll(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}LambdaFunction`;

import { answerHelp } from '../../src/entry/local/answer-help.js';
import { invokeFunction } from '../support/invoke-function.js';
import { readPublishCommand, USAGE } from './publish/read-publish-command.js';

answerHelp(
  USAGE,
  `Publishes as a back end does, without a connection: through the local program, or with --stage on AWS. Prints the result.
Examples: npm run publish -- --room lobby '"hi"' --from '$billing' --key invoice-7 --stage dev
          npm run publish -- --signal --room lobby '{"progress":40}'`,
);

try {
  const { stage, message } = readPublishCommand(process.argv.slice(2));
  const result = (await invokeFunction('publish', message, stage)) as object;
  console.log(JSON.stringify(result));
  if ('error' in result) process.exitCode = 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

// npm run redrive -- --stage dev [--push], or --bucket NAME --function NAME [--push]
// Lists the batches that fan-out gave up on. With --push, it pushes them again and deletes each that succeeded. The region and
// the credentials are those of the AWS SDK; AWS_ENDPOINT_URL reaches an emulator.
import { parseArgs } from 'node:util';
import { roomsIn } from './redrive/failure-record.js';
import { Failures } from './redrive/failures.js';
import { stackResource } from './support/stack-resource.js';

const open = async (): Promise<{ failures: Failures; push: boolean }> => {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      bucket: { type: 'string' },
      function: { type: 'string' },
      push: { type: 'boolean', default: false },
    },
  });
  const { stage, push } = values;
  const bucket = values.bucket ?? (stage && (await stackResource(stage, 'FanOutFailures')));
  const fanOut = values.function ?? (stage && (await stackResource(stage, 'FanOutLambdaFunction')));
  if (!bucket || !fanOut)
    throw new Error(
      'Usage: npm run redrive -- --stage dev [--push], or --bucket NAME --function NAME [--push]',
    );
  return { failures: new Failures(bucket, fanOut), push };
};

try {
  const { failures, push } = await open();
  let count = 0;
  for await (const failure of failures.all()) {
    count += 1;
    const { key, record } = failure;
    console.log(
      record ? `${record.at}  ${record.reason}  ${roomsIn(record)}` : `${key} is no failure record`,
    );
    if (!push || !record) continue;
    const left = await failures.push(failure);
    console.log(
      left === 0 ? '  pushed again' : `  ${left} of ${record.event.Records.length} failed again; kept`,
    );
    if (left > 0) process.exitCode = 1;
  }
  failures.close();
  const hint = push || count === 0 ? '' : '; --push pushes them again';
  console.log(`${count} failed ${count === 1 ? 'batch' : 'batches'}${hint}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

import { answerHelp } from '../../src/entry/local/answer-help.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { stackResource } from '../support/stack-resource.js';
import { roomsIn } from './redrive/failure-record.js';
import { Failures } from './redrive/failures.js';
import { describePiece, GivenUpPieces } from './redrive/given-up-pieces.js';

const USAGE =
  'Usage: npm run redrive -- --stage dev [--push], or --bucket NAME --function NAME and/or --queue URL --pieces NAME [--push]';
answerHelp(
  USAGE,
  `Lists the batches that fan-out gave up on, and the pieces that were given up. With --push, it pushes them again and deletes
each that succeeded. The region and the credentials are those of the AWS SDK; AWS_ENDPOINT_URL reaches an emulator.`,
);

interface Opened {
  /** Absent where the store has no stream. */
  failures: Failures | undefined;
  pieces: GivenUpPieces | undefined;
  push: boolean;
}

const open = async (): Promise<Opened> => {
  const { values } = parseCommandLine({
    options: {
      stage: { type: 'string' },
      bucket: { type: 'string' },
      function: { type: 'string' },
      queue: { type: 'string' },
      pieces: { type: 'string' },
      push: { type: 'boolean', default: false },
    },
  });
  const { stage, push } = values;
  const named = async (name: string | undefined, id: string): Promise<string | undefined> =>
    name ?? (stage === undefined ? undefined : stackResource(stage, id).catch(orAbsent));
  const bucket = await named(values.bucket, 'FanOutFailures');
  const fanOut = await named(values.function, 'FanOutLambdaFunction');
  const queue = await named(values.queue, 'PieceFailures');
  const pieces = await named(values.pieces, 'PiecesLambdaFunction');
  const opened = {
    failures: bucket && fanOut ? new Failures(bucket, fanOut) : undefined,
    pieces: queue && pieces ? new GivenUpPieces(queue, pieces) : undefined,
    push,
  };
  if (!opened.failures && !opened.pieces) throw new Error(USAGE);
  return opened;
};

/** A stage on MySQL has no stream that could fail. */
const orAbsent = (error: Error): undefined => {
  if (!/Resource \w+ does not exist for stack/.test(error.message)) throw error;
};

const redriveBatches = async (failures: Failures, push: boolean): Promise<number> => {
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
  return count;
};

const redrivePieces = async (pieces: GivenUpPieces, push: boolean): Promise<number> => {
  let count = 0;
  for await (const piece of pieces.all()) {
    count += 1;
    console.log(describePiece(piece));
    if (!push) continue;
    const pushed = await pieces.push(piece);
    console.log(pushed ? '  pushed again' : '  failed again; kept');
    if (!pushed) process.exitCode = 1;
  }
  pieces.close();
  return count;
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

try {
  const { failures, pieces, push } = await open();
  const batches = failures && (await redriveBatches(failures, push));
  const given = pieces && (await redrivePieces(pieces, push));
  const counts = [
    ...(batches === undefined ? [] : [counted(batches, 'failed batch', 'failed batches')]),
    ...(given === undefined ? [] : [counted(given, 'piece that was given up', 'pieces that were given up')]),
  ];
  const hint = push || (batches ?? 0) + (given ?? 0) === 0 ? '' : '; --push pushes them again';
  console.log(`${counts.join(', ')}${hint}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

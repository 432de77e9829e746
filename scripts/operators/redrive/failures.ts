import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { type FailureRecord, parseFailureRecord } from './failure-record.js';

/** Lambda's prefix for them. */
const PREFIX = 'aws/lambda/';

export interface Failure {
  readonly key: string;
  /** Absent: the object is no failure record. */
  readonly record?: FailureRecord;
}

/** The failed batches of a stage, in its bucket, and the function that pushes them. */
export class Failures {
  // An emulator's address has no host name for each bucket.
  readonly #s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  readonly #lambda = new LambdaClient({});

  constructor(
    private readonly bucket: string,
    private readonly fanOut: string,
  ) {}

  async *all(): AsyncGenerator<Failure> {
    const list = paginateListObjectsV2({ client: this.#s3 }, { Bucket: this.bucket, Prefix: PREFIX });
    for await (const { Contents = [] } of list) for (const { Key = '' } of Contents) yield this.#read(Key);
  }

  /** Resolves to the number of records that failed again; if there are none, the object is deleted. */
  async push({ key, record }: Failure): Promise<number> {
    if (!record) return 0;
    const { FunctionError, Payload } = await this.#lambda.send(
      new InvokeCommand({ FunctionName: this.fanOut, Payload: JSON.stringify(record.event) }),
    );
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) throw new Error(`The function failed: ${answer}`);
    const { batchItemFailures } = JSON.parse(answer) as { batchItemFailures: unknown[] };
    if (batchItemFailures.length === 0)
      await this.#s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
    return batchItemFailures.length;
  }

  close(): void {
    this.#s3.destroy();
    this.#lambda.destroy();
  }

  async #read(key: string): Promise<Failure> {
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    const text = (await Body?.transformToString()) ?? '';
    try {
      return { key, record: parseFailureRecord(text) };
    } catch {
      return { key };
    }
  }
}

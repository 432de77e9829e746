import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The settings of a function's queue, as SQS and Lambda would get them. */
export interface QueueSettings {
  /** Seconds that one invocation may take. */
  timeout: number;
  batchSize: number;
  functionResponseType?: 'ReportBatchItemFailures';
  /** Seconds that a received message is hidden. */
  visibilityTimeout: number;
  maxReceiveCount: number;
}

/** Reads them from `serverless.yml`, so that a local run uses those of the deployment. */
export const readQueueSettings = (path: URL, functionName: string, queue: string): QueueSettings => {
  // CloudFormation tags such as !GetAtt are irrelevant here, so they cause no warning.
  const { functions, resources } = parse(readFileSync(path, 'utf8'), { logLevel: 'silent', merge: true });
  const { timeout, events } = functions[functionName];
  const { batchSize, functionResponseType } = events[0].sqs;
  const template = resources.find((one: { Resources?: object }) => typeof one === 'object' && one.Resources);
  const { VisibilityTimeout: visibilityTimeout, RedrivePolicy } = template.Resources[queue].Properties;
  const { maxReceiveCount } = RedrivePolicy;
  return { timeout, batchSize, functionResponseType, visibilityTimeout, maxReceiveCount };
};

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { FilterPattern } from './filter-pattern.js';

/** The event source mapping of a table's stream: what Lambda would be told. */
export interface MappingSettings {
  batchSize: number;
  /** Seconds to wait for a batch to fill. */
  batchWindow: number;
  bisectBatchOnFunctionError: boolean;
  functionResponseType?: 'ReportBatchItemFailures';
  maximumRetryAttempts: number;
  maximumRecordAgeInSeconds: number;
  filterPatterns: FilterPattern[];
}

export interface StreamFunction {
  /** Seconds that one invocation may take. */
  timeout: number;
  mapping: MappingSettings;
}

/** The function that `serverless.yml` puts on a DynamoDB stream: locally it runs with the settings of the deployment. */
export const readStreamFunction = (path: URL, name: string): StreamFunction => {
  // Tags of CloudFormation such as !GetAtt are of no interest here, and no reason to warn.
  const { functions } = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' });
  const { timeout, events } = functions[name];
  return { timeout, mapping: events[0].stream };
};

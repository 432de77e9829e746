import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { FilterPattern } from './filter-pattern.js';

/** The settings of a table's event source mapping, as Lambda would get them. */
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

/** Reads the stream settings of `serverless.yml`, so that a local run uses those of the deployment. */
export const readStreamFunction = (path: URL, name: string): StreamFunction => {
  // CloudFormation tags such as !GetAtt are irrelevant here, so they cause no warning.
  const { functions } = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' });
  const { timeout, events } = functions[name];
  return { timeout, mapping: events[0].stream };
};

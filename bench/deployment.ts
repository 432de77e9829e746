import { readFileSync } from 'node:fs';
import type { Format, Platform } from 'esbuild';
import { parse } from 'yaml';

/** The part of `serverless.yml` that the bench needs. */
interface Deployment {
  custom: {
    esbuild: { platform: Platform; format: Format; mainFields: string[]; minify: boolean; exclude: string[] };
  };
  functions: Record<string, { handler: string }>;
}

export const readDeployment = (): Deployment =>
  parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'error' }) as Deployment;

import { ClientError } from '../../../domain/client-error.js';

/** A transient error becomes `unavailable` (the log has its cause); any other error is our bug and stays unchanged. */
export const unavailable = (error: unknown): unknown =>
  isTransient(error) ? new ClientError('unavailable', { cause: error }) : error;

interface SdkError {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
  $retryable?: unknown;
}

const THROTTLES: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
  'AbortError',
  'TransactionInProgressException',
]);

const isTransient = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  const { name = '', code, $metadata, $retryable } = error as SdkError;
  return (
    THROTTLES.has(name) ||
    $retryable !== undefined ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    (typeof code === 'string' && /^E[A-Z]+$/.test(code))
  );
};

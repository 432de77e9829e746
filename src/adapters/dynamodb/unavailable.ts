import { ClientError } from '../../domain/client-error.js';

/** What another try may mend is `unavailable` (its cause is logged); the rest is a bug of ours, and stays what it is. */
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

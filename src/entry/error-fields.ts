interface Fields {
  name: string;
  code?: unknown;
  status?: number;
  message?: string;
  stack?: string[];
}

/** Their messages quote the text that they could not read. */
const QUOTING = new Set(['SyntaxError']);

/** Of an error, what helps to find it: never its other properties, which hold requests and responses. */
export const errorFields = (error: unknown): Fields => {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = '' } = error;
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  return {
    name,
    ...(code !== undefined && { code }),
    ...($metadata?.httpStatusCode !== undefined && { status: $metadata.httpStatusCode }),
    ...(!QUOTING.has(name) && { message }),
    stack: stack.split('\n').filter((line) => /^\s+at /.test(line)),
  };
};

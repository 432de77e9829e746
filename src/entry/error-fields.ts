interface Fields {
  name: string;
  code?: unknown;
  status?: number;
  message?: string;
  stack?: string[];
}

/** Messages of these errors quote the unreadable text. */
const QUOTING = new Set(['SyntaxError']);

/** The fields of an error that help to find it: never its other properties, which hold requests and responses. */
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

type Fields = Readonly<Record<string, string | undefined>>;
type MultiValueFields = Readonly<Record<string, readonly string[] | undefined>>;

/** The client's request to open a socket, in the four parts that API Gateway hands over. */
export interface Handshake {
  headers?: Fields | null | undefined;
  multiValueHeaders?: MultiValueFields | null | undefined;
  query?: Fields | null | undefined;
  multiValueQuery?: MultiValueFields | null | undefined;
}

/** Every different value of a header, whatever the casing of its name. */
export const headerValues = ({ headers, multiValueHeaders }: Handshake, name: string): string[] =>
  valuesOf(headers, multiValueHeaders, (key) => key.toLowerCase() === name);

/** Every different value of a query parameter; its name is case-sensitive. */
export const queryValues = ({ query, multiValueQuery }: Handshake, name: string): string[] =>
  valuesOf(query, multiValueQuery, (key) => key === name);

const valuesOf = (
  single: Fields | null | undefined,
  multiple: MultiValueFields | null | undefined,
  matches: (key: string) => boolean,
): string[] => {
  const found = [...Object.entries(single ?? {}), ...Object.entries(multiple ?? {})]
    .filter(([key]) => matches(key))
    .flatMap(([, value]) => value ?? []);
  return [...new Set(found)];
};

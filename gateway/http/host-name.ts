const AUTHORITY = /^(\[[0-9a-f:.]+\]|[^\s/?#@\\:[\]]+)(?::\d*)?$/i;
const ORIGIN = /^https?:\/\/(.+)$/i;

/** The host of `host:port`, as a URL spells it; undefined if the text is invalid. */
export const hostName = (authority: string): string | undefined => {
  const [, host = ''] = AUTHORITY.exec(authority) ?? [];
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : undefined;
};

/** The host of an origin; undefined for `null` and other origins that are not of web pages. */
export const originHost = (origin: string): string | undefined => hostName(ORIGIN.exec(origin)?.[1] ?? '');

/** Names that browsers resolve to this machine, without DNS. */
export const isLoopbackName = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '[::1]' ||
  /^127(?:\.\d+){3}$/.test(name) ||
  /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]$/.test(name);

export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127(?:\.\d+){3}$/.test(address);

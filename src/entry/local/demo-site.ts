import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { discardBody } from '../../../gateway/http/read-body.js';
import { requestPath } from '../../../gateway/http/request-path.js';
import type { LiveBill } from './bill/live-bill.js';

/** Facts about the server that the page needs. */
export interface DemoConfig {
  /** The path of the socket. */
  socket: string;
  auth: 'guest' | 'jwt';
  /** The claim that holds the user id, if tokens are required. */
  userClaim?: string;
  /** The path of the bill so far. */
  bill: string;
}

const BILL = '/bill.json';

type Content = () => Promise<string | Uint8Array>;

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const FOLDER = fromRoot('demo');

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
]);

const HEADERS = {
  // A chat shows text from strangers: only our own files may run, and no string may become markup.
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.'));

/**
 * Serves the chat page: the files of `demo/` at the start, the client library as one module, the config, and `bill` as JSON
 * at each request.
 */
export const demoSite = (
  config: Omit<DemoConfig, 'bill'>,
  bill: () => LiveBill,
): ((request: IncomingMessage, response: ServerResponse) => boolean) => {
  const contents = new Map<string, Content>([
    ['/switchboard-client.js', clientLibrary()],
    ['/config.json', async () => JSON.stringify({ ...config, bill: BILL } satisfies DemoConfig)],
    [BILL, async () => JSON.stringify(bill())],
  ]);
  for (const name of existsSync(FOLDER) ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }) : [])
    if (TYPES.has(extensionOf(name)))
      contents.set(`/${name.replaceAll(sep, '/')}`, () => readFile(join(FOLDER, name)));

  return (request, response) => {
    const path = requestPath(request) === '/' ? '/index.html' : requestPath(request);
    const content = contents.get(path);
    if (!content) return false;
    const type = TYPES.get(extensionOf(path)) ?? '';
    serve(content, type, request, response).catch(() => response.destroy());
    return true;
  };
};

const serve = async (
  content: Content,
  type: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { method } = request;
  discardBody(request);
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { ...HEADERS, allow: 'GET, HEAD' }).end();
    return;
  }
  const body = await content();
  response.writeHead(200, {
    ...HEADERS,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  });
  response.end(method === 'HEAD' ? undefined : body);
};

/** Bundles the source on the first request, so that the page needs no build step. */
const clientLibrary = (): Content => {
  let bundled: Promise<Uint8Array> | undefined;
  const bundle = async (): Promise<Uint8Array> => {
    const { build } = await import('esbuild');
    const { outputFiles } = await build({
      entryPoints: [fromRoot('client/src/switchboard-client.ts')],
      bundle: true,
      format: 'esm',
      target: 'es2022',
      minify: true,
      write: false,
      logLevel: 'silent',
    });
    return outputFiles[0]?.contents ?? new Uint8Array();
  };
  return () => {
    bundled ??= bundle();
    return bundled;
  };
};

// Serves a folder on 127.0.0.1, for `./dev run` and the browser tests: the right types, the strict
// content security policy the page must live with, no caching, nothing outside the folder.
//
//   node web/serve.mjs dist [PORT]                    prints the address; Ctrl+C ends it
//   const { url, close } = await serve('dist', {port: 0})
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; " +
  "connect-src 'self'; img-src 'self' data: blob:; style-src 'self'";

// The file a request means, or null if there is none inside the folder.
async function fileFor(root, requestUrl) {
  try {
    const { pathname } = new URL(requestUrl, 'http://localhost');
    const wanted = decodeURIComponent(pathname);
    const path = await realpath(join(root, wanted.endsWith('/') ? `${wanted}index.html` : wanted));
    if (!path.startsWith(root + sep) || !(await stat(path)).isFile()) return null;
    return path;
  } catch {
    return null;
  }
}

async function answer(root, request, response) {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  };
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const path = reads ? await fileFor(root, request.url) : null;
  if (path === null) {
    response.writeHead(reads ? 404 : 405, { ...headers, 'Content-Type': types['.txt'] });
    response.end(reads ? 'not found\n' : 'only GET and HEAD\n');
    return;
  }
  const { size } = await stat(path);
  headers['Content-Type'] = types[extname(path)] ?? 'application/octet-stream';
  headers['Content-Length'] = size;
  response.writeHead(200, headers);
  if (request.method === 'HEAD') response.end();
  else createReadStream(path).on('error', () => response.destroy()).pipe(response);
}

// Port 0 is any free one. close() resolves when every connection is gone.
export async function serve(folder, { port = 0 } = {}) {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, request, response).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

async function main([folder = 'dist', port = '0']) {
  const { url, close } = await serve(folder, { port: Number(port) });
  console.log(`Tokenlever is at ${url} (Ctrl+C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => close().then(() => process.exit(0)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2)).catch((error) => {
    console.error(`cannot serve: ${error.message}`);
    process.exitCode = 1;
  });

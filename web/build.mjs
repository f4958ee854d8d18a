// Builds the site: node web/build.mjs --wasm <CMake build folder> --cli <tokenlever> --out dist
//
//   index.html    web/index.html around the mirror of the app's first frame, made by running the very
//                 module that is shipped, with frames drawn to nowhere
//   app.HASH.js   the page, the mirror and Emscripten's glue, one script
//   app.HASH.css, application.HASH.wasm, icon.svg
//   book.HASH.json    the price book, which the page fetches beside the module
//   worker.HASH.js, engine.HASH.wasm      the import worker, fetched when the page is at rest
//   first-view.json   what a first visit transfers before that, the book apart; ./dev build compresses
//                     these and holds the budgets
//
// Names carry a hash of the content, so a host may cache them for ever.

import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import * as esbuild from 'esbuild';
import { siteBook } from './prices/book.mjs';

const kWeb = fileURLToPath(new URL('.', import.meta.url));
const kNodeModules = ['module', 'node:module', 'fs', 'path', 'url', 'crypto', 'worker_threads'];

const hashed = (name, content) => {
  const [stem, ...extension] = name.split('.');
  return [stem, createHash('sha256').update(content).digest('hex').slice(0, 10), ...extension].join('.');
};

// The folder that holds engine.js: the build folder itself or its wasm/.
async function findEngine(folder) {
  for (const each of [folder, join(folder, 'wasm')])
    if ((await readdir(each).catch(() => [])).includes('engine.js')) return resolve(each);
  throw new Error(`no engine.js in ${folder} or ${folder}/wasm: build tokenlever_engine and tokenlever_application first`);
}

async function bundle(entry, folder, options) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(kWeb, entry)], bundle: true, minify: true, write: false, format: 'esm', charset: 'utf8',
    legalComments: 'none', target: ['chrome111', 'firefox111', 'safari16.4'],
    alias: folder ? { engine: join(folder, 'engine.js'), application: join(folder, 'application.js') } : {}, external: kNodeModules, logLevel: 'warning', ...options,
  });
  return outputFiles[0].text;
}

// The app's first frame as HTML, and its title.
async function firstFrame(folder, wasm, book) {
  const mirror = await bundle('mirror/static.ts', null, { platform: 'node' });
  const { buildMirror, toHtml } = await import(`data:text/javascript;base64,${Buffer.from(mirror).toString('base64')}`);
  const { default: createApplication } = await import(pathToFileURL(join(folder, 'application.js')).href);
  const module = await createApplication({ wasmBinary: wasm });
  const wrong = module.loadBook(book);
  if (wrong) throw new Error(`the price book cannot be read: ${wrong}`);
  const app = new module.App(Date.now() / 1000);
  app.attach(false);
  let semantics;
  for (let frame = 0; frame < 4; ++frame) {
    app.frame();
    semantics = app.semantics() || semantics;
  }
  const tree = JSON.parse(semantics);
  return { title: tree.title, html: toHtml(buildMirror(tree)), theme: tree.scheme ?? 'light' };
}

async function buildSite({ wasm: buildFolder, out }) {
  const folder = await findEngine(buildFolder);
  const wasm = await readFile(join(folder, 'application.wasm'));
  const engine = await readFile(join(folder, 'engine.wasm'));
  const script = await bundle('app.ts', folder, {});
  const worker = await bundle('worker.ts', folder, {});
  const style = await bundle('style/app.css', null, {});
  const book = siteBook();
  const icon = await readFile(join(kWeb, 'icon.svg'), 'utf8');
  const names = { script: hashed('app.js', script), style: hashed('app.css', style), icon: 'icon.svg',
    wasm: hashed('application.wasm', wasm), book: hashed('book.json', book),
    worker: hashed('worker.js', worker), engine: hashed('engine.wasm', engine) };
  const first = await firstFrame(folder, wasm, book);
  const filled = { ...names, title: first.title, mirror: first.html };
  const index = (await readFile(join(kWeb, 'index.html'), 'utf8'))
    .replace(/\{\{(\w+)\}\}/g, (_, key) => filled[key]).replace(/<!--(?!\[)[\s\S]*?-->\n?/g, '');
  const files = { 'index.html': index, [names.style]: style, [names.script]: script, [names.wasm]: wasm, [names.icon]: icon };
  const firstView = { files: Object.keys(files), book: names.book };
  Object.assign(files, { [names.book]: book, [names.worker]: worker, [names.engine]: engine });
  await writeSite(out, { ...files, 'first-view.json': JSON.stringify(firstView, null, 2) + '\n' });
  return files;
}

// Written beside and moved in place at the end, so that a served folder is never half a site.
async function writeSite(out, files) {
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(fresh, name), content);
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
}

const { values } = parseArgs({ options: {
  wasm: { type: 'string' }, cli: { type: 'string' }, out: { type: 'string', default: 'dist' } } });
const files = await buildSite(values);
for (const [name, content] of Object.entries(files)) {
  const bytes = Buffer.from(content);
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
  console.log(`${name.padEnd(26)} ${String(bytes.length).padStart(9)} bytes ${String(packed).padStart(9)} brotli`);
}

// Shared by the tests of the page: TypeScript as modules, the built site on a server, and the system's
// Chromium (skipped and counted where there is none).

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';

export const kRoot = fileURLToPath(new URL('../..', import.meta.url));
export const kDist = process.env.TOKENLEVER_DIST ?? join(kRoot, 'dist');
export const kShared = process.env.TOKENLEVER_SHARED ?? join(kRoot, '../shared');
export const kCli = process.env.TOKENLEVER_CLI ?? join(kRoot, 'build/tokenlever');
const kBrowsers = [process.env.TOKENLEVER_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

export const browserPath = () => kBrowsers.find((path) => path && existsSync(path));
export const missingBrowser = () => !browserPath() && 'no Chromium on this machine (apt-get install chromium)';
export const missingSite = () => !existsSync(join(kDist, 'index.html')) && `no site in ${kDist} (./dev build)`;
export const missingShared = () => !existsSync(join(kShared, 'formats')) && 'no sample exports (../shared/formats)';

// A TypeScript module of web/, bundled as text: for import in Node or for a page.
export async function bundleText(entry, options = {}) {
  const { outputFiles } = await esbuild.build({ entryPoints: [join(kRoot, 'web', entry)], bundle: true, write: false,
    format: 'esm', charset: 'utf8', logLevel: 'error', ...options });
  return outputFiles[0].text;
}

export async function importTypeScript(entry) {
  const text = await bundleText(entry, { platform: 'node' });
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

const kQuiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const kSoftwareGl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
const kNoGl = ['--disable-gpu', '--disable-3d-apis', '--disable-webgl', '--disable-webgl2'];

export async function launch({ webgl = true, args = [] } = {}) {
  return chromium.launch({ executablePath: browserPath(),
    args: [...kQuiet, ...(webgl ? kSoftwareGl : kNoGl), ...args] });
}

export async function withTemporaryFolder(use) {
  const folder = await mkdtemp(join(tmpdir(), 'tokenlever-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const axeSource = () => readFile(join(kRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');

// axe's findings as readable lines; empty is good.
export async function axeViolations(page) {
  const source = await axeSource();
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`));
}

// Opens the site, notes its requests, errors and security violations, and waits until it is at rest.
export async function openSite(context, url) {
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && seen.errors.push(message.text()));
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  return new Site(page, seen);
}

// The page as a person uses it: by role and name.
export class Site {
  constructor(page, seen) {
    this.page = page;
    this.seen = seen;
  }
  frames() {
    return this.page.evaluate(() => window.tokenlever.frames());
  }
  // Until nothing has been drawn for 150 ms.
  async settle() {
    for (let before = -1, now = await this.frames(); before !== now; now = await this.frames()) {
      before = now;
      await this.page.waitForTimeout(150);
    }
  }
  // Keyboard, because over the canvas the mirror's elements let the pointer through.
  async press(role, name, key = 'Enter') {
    await this.page.getByRole(role, { name, exact: true }).press(key);
    await this.settle();
  }
  async show(screen) {
    await this.press('link', screen);
  }
  async importFile(path) {
    await this.page.locator('#files').setInputFiles(path);
    await this.page.waitForFunction(() => window.tokenlever.imports() === 0);
    await this.settle();
  }
  // The exact value of the figure with that id, as the app wrote it.
  exact(id) {
    return this.page.locator(`[data-id="${id}"]`).getAttribute('data-value');
  }
}

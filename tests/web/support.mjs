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
  // Until the last action is drawn and nothing has been drawn for 150 ms; a busy machine draws late.
  async settle() {
    await this.page.waitForFunction(() => window.tokenlever.isSettled());
    for (let before = -1, now = await this.frames(); before !== now; now = await this.frames()) {
      before = now;
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150))));
    }
  }
  // Keyboard, because over the canvas the mirror's elements let the pointer through.
  async press(role, name, key = 'Enter') {
    await this.page.getByRole(role, { name, exact: true }).press(key);
    await this.settle();
  }
  // On a phone the screens are in a menu.
  async show(screen) {
    if (await this.page.getByRole('link', { name: screen, exact: true }).count() === 0) await this.press('button', 'Menu');
    await this.press('link', screen);
    if (await this.page.getByRole('button', { name: 'Menu', expanded: true }).count() > 0) await this.press('button', 'Menu');
    await this.page.evaluate(() => document.activeElement.blur());
    await this.settle();
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

  semantics() {
    return this.page.evaluate(() => window.tokenlever.semantics());
  }
  async nodes(test) {
    const found = [];
    const walk = (nodes) => nodes.forEach((node) => {
      if (test(node)) found.push(node);
      walk(node.children ?? []);
    });
    walk((await this.semantics()).nodes);
    return found;
  }
  async rectOf(id) {
    const [node] = await this.nodes((each) => each.id === id);
    return node?.rect;
  }
  // The node that stands lowest in the scrolling part.
  async lowestId() {
    const nodes = await this.nodes((each) => each.id && each.rect && each.clip);
    return nodes.reduce((low, each) => (each.rect[1] > low.rect[1] ? each : low)).id;
  }
  async switches() {
    return (await this.nodes((each) => each.role === 'switch')).map(({ name, checked }) => [name, checked]);
  }
  async isOn(name) {
    return (await this.nodes((each) => each.role === 'switch' && each.name === name))[0].checked;
  }
  async sliderValue() {
    return Number((await this.nodes((each) => each.role === 'slider'))[0].value);
  }
  // Focus scrolls a node into view; its rectangle then is on the canvas.
  async bringIntoView(role, name) {
    const [node] = await this.nodes((each) => each.role === role && (!name || each.name === name));
    await this.page.evaluate((id) => { document.getElementById(`m-${id}`).focus(); }, node.id);
    await this.settle();
    return this.rectOf(node.id);
  }
  async swipe([x0, y0], [x1, y1], steps = 10) {
    const client = await this.page.context().newCDPSession(this.page);
    const touch = (type, points) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await touch('touchStart', [{ x: x0, y: y0 }]);
    for (let step = 1; step <= steps; ++step) {
      await touch('touchMove', [{ x: x0 + (x1 - x0) * step / steps, y: y0 + (y1 - y0) * step / steps }]);
      await this.page.waitForTimeout(16);
    }
    await this.page.waitForTimeout(100);  // a finger that rests before it lifts leaves no flick
    await touch('touchEnd', []);
  }
}

// How often each color stands in a screenshot.
export async function readPixels(page) {
  const picture = await page.screenshot();
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const color = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return { colors: Object.fromEntries([...counts].map(([color, count]) => [`#${color.toString(16).padStart(6, '0')}`, count])) };
  }, picture.toString('base64'));
}

// Pictures of every screen: node tests/web/shots.mjs --dist dist --out build/shots
//
// Both screens, light and dark, at three sizes, and the page without WebGL. The README's picture is the
// Calculator at 1440 x 900, light (--readme FILE; empty: leave it).

import { copyFile, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '../../web/serve.mjs';
import { kRoot, kShared, launch, missingBrowser, openSite } from './support.mjs';

const kSizes = [[1440, 900], [1024, 768], [390, 844]];
const kSample = join(kShared, 'formats/litellm-spend-logs.sample.csv');

const { values } = parseArgs({ options: {
  dist: { type: 'string', default: join(kRoot, 'dist') },
  out: { type: 'string', default: join(kRoot, 'build/shots') },
  readme: { type: 'string', default: join(kRoot, 'docs/screenshot.png') } } });

async function shoot(page, name, options) {
  const path = join(values.out, `${name}.png`);
  await page.screenshot({ path, ...options });
  console.log(path);
}

async function shootScreens(browser, url, label, [width, height], colorScheme) {
  const isPhone = width < 700;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, hasTouch: isPhone });
  const site = await openSite(context, url);
  const name = `${label}.${width}x${height}.${colorScheme}`;
  const isPage = label.startsWith('page');
  await shoot(site.page, `calculator.${name}`, { fullPage: isPage });
  await site.show('Models');
  await shoot(site.page, `models.${name}`, { fullPage: isPage });
  await site.page.getByRole('textbox', { name: 'Search models' }).fill('claude sonnet 4.5');
  await site.settle();
  await site.page.locator('[data-id="model.anthropic/claude-sonnet-4-5"]').press('Enter');  // several sell it
  await site.settle();
  await shoot(site.page, `models-explained.${name}`, { fullPage: isPage });
  await site.page.keyboard.press('Escape');
  await site.show('Usage');
  await shoot(site.page, `usage-empty.${name}`, { fullPage: isPage });
  if (existsSync(kSample)) {
    await site.importFile(kSample);
    await shoot(site.page, `usage.${name}`, { fullPage: isPage });
  }
  await context.close();
}

const lack = missingBrowser();
if (lack) {
  console.error(`shots: ${lack}`);
  process.exit(1);
}
await mkdir(values.out, { recursive: true });
const { url, close } = await serve(values.dist);
for (const [label, webgl] of [['canvas', true], ['page', false]]) {
  const browser = await launch({ webgl });
  for (const size of kSizes)
    for (const scheme of ['light', 'dark']) await shootScreens(browser, url, label, size, scheme);
  await browser.close();
}
await close();
if (values.readme) await copyFile(join(values.out, 'calculator.canvas.1440x900.light.png'), values.readme);

// What the page draws at rest and what a frame costs: node tests/bench/frame.mjs [--dist dist]
//
//   frames and animation-frame requests over 3 s of rest      must be 0
//   the app's own CPU time per frame, busiest screen           must be <= 4 ms, aim 1.5 ms
//   from navigation to the first painted answer

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '../../web/serve.mjs';
import { kDist, kShared, launch, missingBrowser, openSite } from '../web/support.mjs';

const { values } = parseArgs({ options: { dist: { type: 'string', default: kDist } } });
const lack = missingBrowser();
if (lack) {
  console.log(`frame: skipped, ${lack}`);
  process.exit(0);
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const print = (what, value) => console.log(`${what.padEnd(58)} ${value}`);

// Moves the pointer over the whole screen, one frame a step, and reads each frame's own time.
async function frameTimes(page, steps) {
  const times = [];
  for (let step = 0; step < steps; ++step) {
    await page.mouse.move(240 + (step * 37) % 1180, 80 + (step * 23) % 800);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    times.push(await page.evaluate(() => window.tokenlever.frameMilliseconds()));
  }
  return times;
}

async function atRest(site, seconds) {
  await site.settle();
  const before = await site.frames();
  const asked = await site.page.evaluate((milliseconds) => new Promise((done) => {
    let count = 0;
    const real = window.requestAnimationFrame;
    window.requestAnimationFrame = (use) => { ++count; return real.call(window, use); };
    setTimeout(() => { window.requestAnimationFrame = real; done(count); }, milliseconds);
  }), seconds * 1000);
  return [await site.frames() - before, asked];
}

const { url, close } = await serve(values.dist);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const site = await openSite(context, url);
const painted = await site.page.evaluate(() => [
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime, performance.getEntriesByName('canvas-painted')[0]?.startTime]);
print('navigation to the delivered answer (HTML), ms', painted[0]?.toFixed(0));
print('navigation to the answer on the canvas, ms', painted[1]?.toFixed(0));
const [frames, asked] = await atRest(site, 3);
print('frames drawn / animation frames asked for in 3 s of rest', `${frames} / ${asked}`);
const screens = [['Calculator', null], ['Usage', join(kShared, 'formats/litellm-spend-logs.sample.csv')]];
for (const [screen, sample] of screens) {
  await site.show(screen);
  if (sample && existsSync(sample)) await site.importFile(sample);
  const times = await frameTimes(site.page, 200);
  print(`${screen}: CPU ms per frame, median / largest of ${times.length}`,
    `${median(times).toFixed(2)} / ${Math.max(...times).toFixed(2)}`);
}
await browser.close();
await close();

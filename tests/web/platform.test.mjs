// The browser under the app: pixels, density, touch, wheel, lost contexts, paper, rest.

import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { serve } from '../../web/serve.mjs';
import { kDist, launch, missingBrowser, missingSite, openSite, readPixels } from './support.mjs';

const lack = missingBrowser() || missingSite();

describe('the platform', { skip: lack }, () => {
  let server, browser;
  test.before(async () => {
    server = await serve(kDist);
    browser = await launch();
  });
  test.after(async () => {
    await browser?.close();
    await server?.close();
  });
  const open = async (options) => openSite(await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options }), server.url);

  for (const [colorScheme, background, surface] of [['light', '#f5f6f8', '#ffffff'], ['dark', '#0d1015', '#151a21']]) {
    test(`paints the ${colorScheme} theme: background, cards, text and accent`, async () => {
      const site = await open({ colorScheme });
      const { colors } = await readPixels(site.page);
      const share = (color) => (colors[color] ?? 0) / (1440 * 900);
      assert.ok(share(background) > 0.03, `background covers ${share(background)}`);
      assert.ok(share(surface) > 0.4, `cards cover ${share(surface)}`);
      assert.ok(Object.keys(colors).length > 100, 'text has no edges');
      await site.page.context().close();
    });
  }

  test('draws nothing and asks for no frame in two seconds of rest', async () => {
    const site = await open();
    await site.settle();
    await site.page.evaluate(() => {
      window.asked = 0;
      const real = window.requestAnimationFrame;
      window.requestAnimationFrame = (use) => { ++window.asked; return real.call(window, use); };
    });
    const before = await site.frames();
    await site.page.waitForTimeout(2000);
    assert.equal(await site.frames() - before, 0);
    assert.equal(await site.page.evaluate(() => window.asked), 0);
    await site.page.mouse.move(700, 500);
    await site.settle();
    assert.ok(await site.frames() > before, 'the counter counts');
    await site.page.context().close();
  });

  test('draws with every device pixel of a dense screen', async () => {
    const dense = await launch({ args: ['--force-device-scale-factor=2'] });
    const site = await openSite(await dense.newContext({ viewport: null }), server.url);
    const [width, css, ratio] = await site.page.evaluate(() => {
      const canvas = document.getElementById('canvas');
      return [canvas.width, canvas.clientWidth, devicePixelRatio];
    });
    assert.equal(ratio, 2);
    assert.equal(width, css * 2);
    await dense.close();
  });

  test('follows the window without a blank frame', async () => {
    const site = await open();
    await site.page.setViewportSize({ width: 1024, height: 768 });
    await site.settle();
    const size = await site.page.evaluate(() => [document.getElementById('canvas').width, document.getElementById('canvas').height]);
    assert.deepEqual(size, [1024, 768]);
    const { colors } = await readPixels(site.page);
    assert.ok((colors['#ffffff'] ?? 0) > 100_000);
    await site.page.context().close();
  });

  test('paints again after the graphics context was lost', async () => {
    const site = await open();
    const before = await readPixels(site.page);
    await site.page.evaluate(async () => {
      const gl = document.getElementById('canvas').getContext('webgl2');
      const extension = gl.getExtension('WEBGL_lose_context');
      extension.loseContext();
      await new Promise((done) => setTimeout(done, 100));
      extension.restoreContext();
    });
    await site.page.waitForTimeout(300);
    await site.settle();
    const after = await readPixels(site.page);
    assert.deepEqual(after.colors, before.colors);
    assert.deepEqual(site.seen.errors.filter((error) => !error.includes('CONTEXT_LOST_WEBGL')), []);
    await site.page.context().close();
  });

  test('scrolls by wheel as far as the wheel says', async () => {
    const site = await open({ viewport: { width: 1024, height: 500 } });
    const id = await site.lowestId();
    const before = (await site.rectOf(id))[1];
    await site.page.mouse.move(800, 300);
    await site.page.mouse.wheel(0, 60);
    await site.settle();
    assert.ok(Math.abs(before - (await site.rectOf(id))[1] - 60) <= 1, 'moved by 60 px');
    await site.page.context().close();
  });

  test('scrolls under the finger and does not press what the finger started on', async () => {
    const site = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const id = await site.lowestId();
    const [before, tree] = [(await site.rectOf(id))[1], await site.switches()];
    await site.swipe([200, 600], [200, 400]);
    await site.page.waitForTimeout(600);
    await site.settle();
    const moved = before - (await site.rectOf(id))[1];
    assert.ok(moved >= 190, `moved by ${moved} px`);
    assert.deepEqual(await site.switches(), tree);
    await site.page.context().close();
  });

  test('taps a switch and drags a slider with the finger', async () => {
    const site = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const toggle = await site.bringIntoView('switch', 'Batch');
    const before = await site.isOn('Batch');
    await site.page.touchscreen.tap(toggle[0] + toggle[2] / 2, toggle[1] + toggle[3] / 2);
    await site.settle();
    assert.equal(await site.isOn('Batch'), !before);
    const [x, y, width, height] = await site.bringIntoView('slider');
    const value = await site.sliderValue();
    await site.swipe([x + width * value, y + height / 2], [x + width / 4, y + height / 2]);
    await site.settle();
    assert.ok(Math.abs(await site.sliderValue() - 0.25) < 0.06, `slider at ${await site.sliderValue()}`);
    await site.page.context().close();
  });

  test('gives a tapped text field the keyboard', async () => {
    const site = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const [field] = await site.nodes((node) => node.role === 'textbox' && node.name === 'Requests per month');
    const [x, y, width, height] = field.rect;
    await site.page.touchscreen.tap(x + width / 2, y + height / 2);
    await site.settle();
    assert.equal(await site.page.evaluate(() => document.activeElement.dataset.id), field.id);
    await site.page.context().close();
  });

  test('shows paper the page and the screen the canvas', async () => {
    const site = await open();
    const paper = await site.page.pdf();
    assert.ok(paper.length > 10_000);
    await site.settle();
    assert.equal(await site.page.evaluate(() => document.documentElement.className), 'canvas');
    await site.page.context().close();
  });

  test('gives forced colors the page instead of a picture', async () => {
    const site = await open({ forcedColors: 'active' });
    assert.equal(await site.page.evaluate(() => document.documentElement.className), 'page');
    assert.ok(await site.page.getByRole('heading', { level: 1 }).isVisible());
    await site.page.context().close();
  });
});

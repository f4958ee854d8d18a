// The mirror: semantics to elements, to HTML and to a DOM that keeps focus.

import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { sampleTree } from './sample_tree.mjs';
import { axeViolations, bundleText, importTypeScript, launch, missingBrowser } from './support.mjs';

const { buildMirror, toHtml } = await importTypeScript('mirror/static.ts');

describe('the mirror as HTML', () => {
  const html = toHtml(buildMirror(sampleTree()));

  test('has an element for every role', () => {
    for (const part of ['<nav aria-label="Screens"', '<header', '<main', '<h1 ', '<section aria-label="Answer"', 'role="combobox"',
      '<ul role="listbox"', 'role="option"', 'role="switch"', 'type="range"', 'role="img"', '<table ', 'role="rowheader"',
      'role="progressbar"', 'role="note"', 'role="status"', 'role="alert"', '<hr', '<button '])
      assert.ok(html.includes(part), `no ${part} in ${html}`);
  });
  test('writes no style attribute and no script, so that it holds under the security policy', () => {
    assert.doesNotMatch(html, /\sstyle=|<script|\son\w+=/);
  });
  test('escapes what is data', () => {
    assert.ok(html.includes('The file is &lt;empty&gt; &amp; &quot;odd&quot;'));
  });
  test('says what the screen says and keeps the exact value beside it', () => {
    assert.match(html, /data-value="8146.5575"[^>]*><span class="name">Optimised<\/span><span class="value">\$8,147/);
  });
  test('tells a slider\'s value as a person says it', () => {
    assert.match(html, /type="range" min="0" max="1" step="0.01" aria-valuetext="90 %"[^>]*value="0.9"/);
  });
  test('points the combobox at its list and its active option', () => {
    assert.match(html, /aria-expanded="true" aria-controls="m-w0.model.list"[^>]*aria-activedescendant="m-w0.model.haiku"/);
  });
  test('marks the option that is active, and no other', () => {
    assert.match(html, /id="m-w0.model.haiku" class="[^"]*\bactive\b/);
    assert.equal(html.match(/class="[^"]*\bactive\b/g).length, 1);
  });
  test('puts an open list behind the field that opened it, inside its landmark', () => {
    assert.match(html, /<main.*id="m-w0.model".*id="m-w0.model.list".*id="m-w0.requests".*<\/main>/);
  });
  test('marks a refused text and says why', () => {
    assert.match(html, /aria-invalid="true"[^>]*aria-description="&quot;5x&quot; is not a whole number"/);
  });
  test('says the label of a field once', () => {
    assert.equal(html.match(/>Prompt cache</g).length, 2);  // the switch's label and the table's row
  });
  test('sets figures of a table to the right', () => {
    assert.match(html, /<td role="cell"[^>]*class="[^"]*\bfigure\b/);
  });
});

test('a modal makes the rest inert, but not itself or what holds it', () => {
  const tree = sampleTree();
  tree.modal = 'w0';
  const html = toHtml(buildMirror(tree));
  assert.match(html, /<section role="dialog"|<section aria-label="Support chat"[^>]*role="dialog"/);
  assert.match(html, /<nav [^>]*inert/);
  assert.match(html, /<section aria-label="Levers"[^>]*inert/);
  assert.doesNotMatch(html, /<main[^>]*inert/);
});

describe('the mirror in a browser', { skip: missingBrowser() }, () => {
  let browser, page;
  const update = (tree) => page.evaluate((next) => window.show(next), tree);

  test.before(async () => {
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const html = toHtml(buildMirror(sampleTree()));
    const style = await bundleText('style/app.css', { format: undefined });
    await page.setContent(`<!doctype html><html lang="en" class="page"><title>Mirror</title><style>${style}</style>
      <div id="stage"><canvas id="canvas" aria-hidden="true"></canvas>${html}</div>`);
    const script = await bundleText('mirror/lab.ts', { format: 'iife', globalName: 'lab' });
    await page.evaluate(`${script};
      window.acts = []; window.adopted = document.getElementById('m-w0.requests');
      const mirror = new lab.Mirror(document.getElementById('mirror'));
      lab.listenToMirror(mirror.root, (...act) => window.acts.push(act));
      window.show = (tree) => mirror.update(lab.buildMirror(tree));`);
    await update(sampleTree());
  });
  test.after(() => browser?.close());
  const acts = () => page.evaluate(() => window.acts.splice(0).filter(([, kind]) => !['focus', 'blur', 'scroll_into_view'].includes(kind)));

  test('adopts the delivered elements instead of making them anew', async () => {
    assert.ok(await page.evaluate(() => window.adopted.isConnected && window.adopted === document.getElementById('m-w0.requests')));
  });
  test('keeps an element, its focus and what is being typed while the tree changes around it', async () => {
    const field = page.getByRole('textbox', { name: 'Requests per month' });
    await field.fill('12');
    const tree = sampleTree();
    tree.nodes[2].children[1].children.splice(0, 1);
    tree.nodes[2].children.unshift({ role: 'text', name: 'New', id: 'new' });
    await update(tree);
    assert.equal(await field.inputValue(), '12');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'm-w0.requests');
    await field.press('Enter');
    assert.deepEqual(await acts(), [['w0.requests', 'input', '12'], ['w0.requests', 'set', '12']]);
    await update(sampleTree());
    assert.equal(await field.inputValue(), '1,000,000');
  });
  test('turns keys and clicks into actions', async () => {
    await page.getByRole('link', { name: 'Usage' }).press('Enter');
    await page.getByRole('switch', { name: 'Prompt cache' }).press('Space');
    await page.getByRole('slider', { name: 'Hit rate' }).press('ArrowLeft');
    await page.getByRole('option', { name: 'Claude Haiku 4.5' }).click();
    assert.deepEqual(await acts(), [['nav.usage', 'click', ''], ['cache.on', 'set', 'false'],
      ['cache.hit_rate', 'set', '0.89'], ['w0.model.haiku', 'click', '']]);
    await update(sampleTree());
    assert.equal(await page.getByRole('switch', { name: 'Prompt cache' }).isChecked(), true);
  });
  test('does not take a slider back to a value of a frame that was under way', async () => {
    const slider = page.getByRole('slider', { name: 'Hit rate' });
    for (let frame = 0; frame < 6; ++frame) await update(sampleTree());
    await slider.press('ArrowLeft');
    await slider.press('ArrowLeft');
    await update({ ...sampleTree(), announce: 'a frame that knows the first step only' });
    await slider.press('ArrowLeft');
    assert.deepEqual((await acts()).map(([, , value]) => value), ['0.89', '0.88', '0.87']);
    for (let frame = 0; frame < 6; ++frame) await update(sampleTree());
    assert.equal(await slider.inputValue(), '0.9', 'what the app says holds in the end');
  });
  test('leaves the walk through an open list to the app and keeps the keyboard in the field', async () => {
    const field = page.getByRole('combobox', { name: 'Model' });
    await field.press('ArrowDown');
    await field.press('Enter');
    await field.press('Escape');
    assert.deepEqual(await acts(), [['w0.model', 'key', 'ArrowDown'], ['w0.model', 'key', 'Enter'], ['w0.model', 'key', 'Escape']]);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'm-w0.model');
  });
  test('walks a row of choices with the arrows', async () => {
    await page.getByRole('listbox', { name: 'Lifetime' }).press('ArrowRight');
    assert.deepEqual(await acts(), [['cache.ttl', 'set', 'cache.ttl/1h']]);
  });
  test('leaves the keyboard on an element that changes places', async () => {
    const toggle = page.getByRole('switch', { name: 'Prompt cache' });
    await toggle.focus();
    const tree = sampleTree();
    const parts = tree.nodes[2].children;
    parts.unshift(...parts.splice(parts.findIndex(({ id }) => id === 'levers'), 1));
    await update(tree);
    assert.equal(await toggle.evaluate((element) => element === document.activeElement), true);
    await update(sampleTree());
    assert.equal(await toggle.evaluate((element) => element === document.activeElement), true);
    await acts();
  });
  test('a resting button keeps the keyboard and presses nothing', async () => {
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.focus();
    assert.equal(await undo.getAttribute('aria-disabled'), 'true');
    await page.keyboard.press('Enter');
    assert.equal(await undo.evaluate((element) => element === document.activeElement), true);
    assert.deepEqual(await acts(), []);
  });
  test('removes what is gone', async () => {
    const tree = sampleTree();
    tree.nodes = tree.nodes.filter(({ role }) => role !== 'main');
    await update(tree);
    assert.equal(await page.getByRole('main').count(), 0);
    await update(sampleTree());
  });
  for (const look of ['page', 'canvas']) {
    for (const theme of ['light', 'dark']) {
      test(`has no axe violation as ${look}, ${theme}`, async () => {
        await page.evaluate(([name, value]) => {
          document.documentElement.className = name;
          document.documentElement.dataset.theme = value;
        }, [look, theme]);
        assert.deepEqual(await axeViolations(page), []);
      });
    }
  }
});

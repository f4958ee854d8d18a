// The built site in real Chromium, by role and name: the same work on the canvas and, with WebGL
// switched off, on the page. Figures are the engine's: levers.md section 9, or the command line's answer
// to the same scenario.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { describe } from 'node:test';
import { serve } from '../../web/serve.mjs';
import { axeViolations, kCli, kDist, kRoot, kShared, launch, missingBrowser, missingShared, missingSite, openSite }
  from './support.mjs';

const lack = missingBrowser() || missingSite();
const missingCli = () => !existsSync(kCli) && `no command line at ${kCli} (./dev build)`;
const kLiteLlm = join(kShared, 'formats/litellm-spend-logs.sample.csv');
const kExample = join(kRoot, 'docs/examples/spend-logs.csv');
const kOpenAi = join(kShared, 'formats/openai-usage-api.sample.json');

// The landing scenario: the reference workload with all four levers.
const reference = () => ({
  schema: 'tokenlever.scenario/1', name: 'Support chat', at: new Date().toISOString().replace(/\.\d+Z/, 'Z'), currency: 'USD', hours_per_month: 730,
  workloads: [{ id: 'chat', name: 'Support chat', model: 'anthropic/claude-sonnet-4-5', requests_per_month: 1000000,
    prefix_tokens: 6000, other_input_tokens: 1500, output_tokens: 500 }],
  levers: [{ id: 'cache', kind: 'prompt_cache', ttl: '5m', hit_rate: 0.9, hit_rate_batch: 0.5 },
    { id: 'route', kind: 'routing', routes: [{ to: 'anthropic/claude-haiku-4-5', share: 0.6 }], router_cost_per_request: '0.00005' },
    { id: 'short', kind: 'output_control', reduction: 0.2, instruction_tokens: 50, instruction_in_prefix: true },
    { id: 'batch', kind: 'batch', share: 0.3 }],
});
function evaluated(change) {
  const scenario = reference();
  change(scenario);
  const answer = execFileSync(kCli, ['evaluate', '-', '--json'], { input: JSON.stringify(scenario), encoding: 'utf8' });
  return JSON.parse(answer).optimized.monthly_cost;
}

// Exact texts that stand somewhere in a table or paragraph.
async function said(site, text) {
  return (await site.nodes((node) => node.text === text || node.name === text)).length > 0;
}

test('the delivered page shows the answer before any script runs', { skip: lack }, async () => {
  const server = await serve(kDist);
  const browser = await launch();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url);
  assert.equal(await page.locator('[data-id="headline.optimized.value"]').getAttribute('data-value'), '8146.5575');
  assert.ok(await page.getByText('$8,147').first().isVisible());
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  assert.equal(await page.getByRole('region', { name: 'Levers' }).getByRole('slider').count(), 4);
  assert.equal(await page.locator('[style]').count(), 0);
  await browser.close();
  await server.close();
});

for (const [look, webgl] of [['canvas', true], ['page', false]]) {
  describe(`the site as ${look}`, { skip: lack }, () => {
    let server, browser, site;
    test.before(async () => {
      server = await serve(kDist);
      browser = await launch({ webgl });
    });
    test.after(async () => {
      await browser?.close();
      await server?.close();
    });
    test.beforeEach(async () => {
      site = await openSite(await browser.newContext({ viewport: { width: 1440, height: 900 } }), server.url);
    });
    test.afterEach(() => site.page.context().close());
    const optimized = () => site.exact('headline.optimized.value');

    test(`shows itself as ${look}, with the reference answer to the last digit`, async () => {
      assert.equal(await site.page.evaluate(() => document.documentElement.className), look);
      assert.equal(await site.exact('headline.baseline.value'), '30000');
      assert.equal(await optimized(), '8146.5575');
    });

    test('a switch takes a lever out and puts it back', async () => {
      await site.press('switch', 'Batch', 'Space');
      assert.equal(await optimized(), '8691.35');
      await site.press('switch', 'Prompt cache', 'Space');
      await site.press('switch', 'Model routing', 'Space');
      await site.press('switch', 'Output control', 'Space');
      assert.equal(await optimized(), '30000');
      await site.press('switch', 'Model routing', 'Space');
      assert.equal(await optimized(), '18050');
    });

    test('a slider moves the answer, and says its value', async () => {
      const slider = site.page.getByRole('slider', { name: 'Cache hit rate' });
      for (let step = 0; step < 5; ++step) await slider.press('ArrowRight');
      await site.settle();
      assert.equal(await optimized(), '7708.235');
      assert.match(await slider.getAttribute('aria-valuetext'), /^95\s?%$/);
    });

    test('a text field takes a number as people write it, and refuses what is none', async () => {
      const field = site.page.getByRole('textbox', { name: 'Requests per month' });
      await field.fill('1.2M');
      await field.press('Enter');
      await site.settle();
      const wrong = await field.getAttribute('aria-invalid');
      if (wrong === null) assert.equal(await optimized(), '9775.869');
      await field.fill('1,200,000');
      await field.press('Enter');
      await site.settle();
      assert.equal(await optimized(), '9775.869');
      await field.fill('many');
      await field.press('Enter');
      await site.settle();
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.ok((await field.getAttribute('aria-description')).length > 10);
      assert.equal(await optimized(), '9775.869');
    });

    test('Escape in a text field takes back what was typed since the last commit', async () => {
      const field = site.page.getByRole('textbox', { name: 'Requests per month' });
      await field.fill('5');
      await field.press('Escape');
      await site.settle();
      assert.equal(await field.inputValue(), '1,000,000');
      assert.equal(await optimized(), '8146.5575');
      await field.fill('1200000');
      await field.press('Enter');
      await site.settle();
      await field.fill('7');
      await field.press('Escape');
      await site.settle();
      assert.match(await field.inputValue(), /^1,?200,?000$/);
      assert.equal(await optimized(), '9775.869');
    });

    test('a model is found by typing and changes the answer', { skip: missingCli() }, async () => {
      const box = site.page.getByRole('combobox', { name: 'Model', exact: true });
      await box.press('Enter');
      await site.settle();
      await site.page.keyboard.type('opus 4.5');
      await site.settle();
      const option = site.page.getByRole('option', { name: 'Claude Opus 4.5' }).first();
      assert.equal(await option.count(), 1);
      await box.press('Enter');
      await site.settle();
      assert.equal(await box.inputValue(), 'Claude Opus 4.5');
      assert.equal(await optimized(), evaluated((scenario) => { scenario.workloads[0].model = 'anthropic/claude-opus-4-5'; }));
    });

    test('typing in a closed list of models opens it and keeps every character', async () => {
      const box = site.page.getByRole('combobox', { name: 'Model', exact: true });
      for (let step = 0; step < 40 && !await box.evaluate((field) => field === document.activeElement); ++step)
        await site.page.keyboard.press('Tab');
      await site.page.keyboard.press('d');
      await site.settle();
      assert.equal(await box.getAttribute('aria-expanded'), 'true');
      await site.page.keyboard.type('eepseek', { delay: 20 });
      await site.settle();
      assert.equal(await box.inputValue(), 'deepseek');
      await box.press('Enter');
      await site.settle();
      assert.match(await box.inputValue(), /deepseek/i);
      assert.notEqual(await optimized(), '8146.5575');
    });

    test('models are searched, explained and put in use, each priced for the workload', { skip: missingCli() }, async () => {
      await site.show('Models');
      const search = site.page.getByRole('textbox', { name: 'Search models' });
      await search.fill('haiku 4.5 anthropic');
      await site.settle();
      const table = site.page.getByRole('table', { name: 'Models priced for Support chat' });
      const row = table.getByRole('row').filter({ hasText: 'Claude Haiku 4.5' }).first();
      assert.match(await row.textContent(), /\$10,000/);
      await site.press('button', 'Claude Haiku 4.5');
      assert.equal(await site.exact('details.cost'), '10000');
      assert.match(await site.page.getByRole('region', { name: 'Explanation' }).textContent(), /7\.5.B × \$1 per million/);
      await site.press('button', 'Use this model');
      await site.show('Calculator');
      assert.equal(await site.exact('headline.baseline.value'), '10000');
      assert.equal(await optimized(), evaluated((scenario) => { scenario.workloads[0].model = 'anthropic/claude-haiku-4-5'; }));
      await site.press('button', 'Undo');
      assert.equal(await optimized(), '8146.5575');
    });

    test('the table of models is sorted by its heads and told a page at a time', async () => {
      await site.show('Models');
      const table = site.page.getByRole('table', { name: 'Models priced for Support chat' });
      const first = () => table.getByRole('rowheader').first().textContent();
      await site.press('button', 'Model');
      assert.equal(await table.getByRole('columnheader', { name: 'Model' }).getAttribute('aria-sort'), 'ascending');
      const ascending = await first();
      await site.press('button', 'Model');
      assert.notEqual(await first(), ascending);
      assert.equal(await table.getByRole('row').count(), 26);
      const before = await first();
      await site.press('button', 'Next rows');
      assert.notEqual(await first(), before);
      assert.match(await site.page.getByRole('region', { name: 'Models' }).textContent(), /Rows 26–50 of /);
      await site.press('button', 'Previous rows');
      assert.equal(await first(), before);
    });

    test('undo and redo work by the keyboard alone', async () => {
      await site.press('switch', 'Batch', 'Space');
      await site.page.keyboard.press('Control+z');
      await site.settle();
      assert.equal(await optimized(), '8146.5575');
      await site.page.keyboard.press('Control+Shift+z');
      await site.settle();
      assert.equal(await optimized(), '8691.35');
    });

    test('the keyboard follows what it makes, removes and moves', async () => {
      const keyboard = () => site.page.evaluate(() => document.activeElement?.dataset?.id ?? 'nowhere');
      await site.press('button', 'Add workload');
      assert.equal(await keyboard(), 'workload.workload.name');
      await site.press('button', 'Remove New workload');
      assert.equal(await keyboard(), 'workload.chat.add');
      await site.press('button', 'Move Model routing up');
      assert.equal(await keyboard(), 'lever.route.up');
      await site.press('button', 'Move Prompt cache down');
      await site.press('button', 'Move Prompt cache down');
      assert.equal(await keyboard(), 'lever.cache.down');
      for (let step = 0; step < 5; ++step) await site.press('button', 'Undo');
      assert.equal(await keyboard(), 'undo');
      assert.equal(await optimized(), '8146.5575');
      await site.show('Usage');
      await site.importFile(kExample);
      await site.press('button', 'Use as my workload');
      assert.equal(await keyboard(), 'title');
    });

    test('every control can be reached with Tab, and no other thing', async () => {
      const wanted = (await site.nodes((node) => ['link', 'button', 'switch', 'slider', 'textbox', 'combobox'].includes(node.role)
        && !node.disabled && (webgl || !node.id.endsWith('.as_table')))).map((node) => node.id);
      const reached = new Set();
      for (let step = 0; step < wanted.length + 12; ++step) {
        await site.page.keyboard.press('Tab');
        const id = await site.page.evaluate(() => document.activeElement?.dataset?.id);
        if (id) reached.add(id);
      }
      assert.deepEqual(wanted.filter((id) => !reached.has(id)), []);
    });

    test('reads a LiteLLM log in the worker and shows its totals', { skip: missingShared() }, async () => {
      await site.show('Usage');
      await site.importFile(kLiteLlm);
      assert.ok(await said(site, '6 rows read = 6 charged'), 'the identity of the rows');
      assert.ok(await said(site, '$0.32 in the file = $0.32 charged'), 'the identity of the money');
      const rows = site.page.getByRole('table', { name: 'Usage by model' }).getByRole('row');
      assert.match(await rows.filter({ hasText: 'claude-sonnet-4-5' }).first().textContent(), /98\.8\sk.*66\.4\sk.*\$0\.2184/);
      await site.press('button', 'Use as my workload');
      assert.equal(await site.page.getByRole('link', { name: 'Calculator' }).getAttribute('aria-current'), 'page');
      assert.notEqual(await site.exact('headline.baseline.value'), '30000');
    });

    test('reads an OpenAI usage answer that is dropped on the page', { skip: missingShared() }, async () => {
      const text = await readFile(kOpenAi, 'utf8');
      await site.page.evaluate((content) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], 'usage.json', { type: 'application/json' }));
        for (const type of ['dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      }, text);
      await site.page.waitForFunction(() => window.tokenlever.semantics().screen === 'usage' && window.tokenlever.imports() === 0);
      await site.settle();
      assert.match(await site.page.getByRole('heading', { level: 1 }).textContent(), /Usage/);
      assert.ok((await site.nodes((node) => node.role === 'table')).length >= 2);
    });

    test('says one clear sentence for a file that is none, and keeps working', async () => {
      await site.show('Usage');
      await site.importFile({ name: 'picture.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]) });
      const [alert] = await site.nodes((node) => node.role === 'alert');
      assert.ok(alert?.text.length > 20, 'an alert');
      await site.importFile({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
      assert.match((await site.nodes((node) => node.role === 'alert'))[0].text, /empty/i);
      await site.show('Calculator');
      assert.equal(await optimized(), '8146.5575');
    });

    test('a cancel ends an import at once', async () => {
      await site.show('Usage');
      const line = `${'x'.repeat(60)},1,2,3\n`;
      const header = 'request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,model,user,metadata\n';
      await site.page.evaluate(([head, row]) => {
        const part = row.repeat(20_000);
        const transfer = new DataTransfer();
        transfer.items.add(new File([head, ...Array(150).fill(part)], 'large.csv', { type: 'text/csv' }));
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
      }, [header, line]);
      const cancel = site.page.getByRole('button', { name: 'Cancel' });
      await cancel.press('Enter');
      const start = Date.now();
      await site.page.waitForFunction(() => window.tokenlever.imports() === 0);
      assert.ok(Date.now() - start < 1000, `took ${Date.now() - start} ms`);
      await site.settle();
      assert.ok((await site.nodes((node) => node.text?.includes('cancelled'))).length > 0);
    });

    test('asks for nothing after it is ready, and logs nothing', { skip: missingShared() }, async () => {
      const loaded = site.seen.requests.length;
      await site.press('switch', 'Batch', 'Space');
      await site.show('Usage');
      await site.importFile(kLiteLlm);
      await site.press('button', 'Import report');
      await site.show('Calculator');
      assert.deepEqual(site.seen.requests.slice(loaded), []);
      assert.deepEqual(site.seen.errors, []);
      const foreign = site.seen.requests.filter((request) => !request.startsWith(server.url.replace(/\/$/, '')));
      assert.deepEqual(foreign, []);
    });

    for (const colorScheme of ['light', 'dark']) {
      test(`axe finds nothing on either screen, ${colorScheme}`, async () => {
        await site.page.emulateMedia({ colorScheme });
        await site.settle();
        assert.deepEqual(await axeViolations(site.page), []);
        const box = site.page.getByRole('combobox', { name: 'Model', exact: true });
        await box.press('Enter');
        await site.settle();
        assert.deepEqual(await axeViolations(site.page), [], 'with an open list');
        await box.press('Escape');
        await site.show('Models');
        assert.deepEqual(await axeViolations(site.page), [], 'models');
        await site.page.getByRole('table', { name: 'Models priced for Support chat' }).getByRole('button').nth(12).press('Enter');
        await site.settle();
        assert.deepEqual(await axeViolations(site.page), [], 'models with an explanation');
        await site.show('Usage');
        assert.deepEqual(await axeViolations(site.page), [], 'usage, empty');
        if (missingShared()) return;
        await site.importFile(kLiteLlm);
        await site.press('button', 'Import report');
        assert.deepEqual(await axeViolations(site.page), [], 'usage');
      });
    }

    test('axe finds nothing at the width of a phone', async () => {
      await site.page.setViewportSize({ width: 390, height: 844 });
      await site.settle();
      assert.deepEqual(await axeViolations(site.page), []);
      await site.show('Usage');
      await site.importFile(kExample);
      assert.deepEqual(await axeViolations(site.page), [], 'usage');
      await site.press('button', 'Import report');
      assert.deepEqual(await axeViolations(site.page), [], 'usage with its report');
    });

    if (!webgl) {
      test('the two arrows of a lever stand side by side on its first line', async () => {
        for (const width of [1440, 1000, 390, 320]) {
          await site.page.setViewportSize({ width, height: 844 });
          await site.settle();
          const levers = await site.page.locator('[data-group^="lever."]:has([data-id$=".up"])').evaluateAll((all) => all.map((lever) => {
            const box = (id) => lever.querySelector(`[data-id$=".${id}"]`).getBoundingClientRect();
            const [up, down, toggle] = ['up', 'down', 'enabled'].map(box);
            const saving = lever.querySelector('.exact').getBoundingClientRect();
            return { isLevel: up.top === down.top, isPair: down.left >= up.right && down.left - up.right < 12,
              isFirst: up.top < toggle.bottom && toggle.top < up.bottom,
              isFree: saving.right <= up.left || saving.top >= up.bottom, isInside: down.right <= innerWidth };
          }));
          assert.equal(levers.length, 4);
          for (const lever of levers)
            assert.deepEqual(lever, { isLevel: true, isPair: true, isFirst: true, isFree: true, isInside: true }, `${width} px`);
        }
      });

      test('a loss is painted as one, and nothing promises a drag', async () => {
        const color = (id) => site.page.locator(`[data-id="${id}"]`).evaluate((element) => getComputedStyle(element).color);
        const [saves] = [await color('lever.short.saving'), await site.page.getByRole('slider', { name: 'Output reduction' }).fill('0')];
        await site.settle();
        assert.ok(Number(await site.exact('lever.short.saving')) < 0);
        assert.notEqual(await color('lever.short.saving'), saves);
        for (const name of ['Prompt cache', 'Model routing', 'Batch']) await site.press('switch', name, 'Space');
        assert.ok(Number(await site.exact('headline.saving.value')) < 0);
        assert.equal(await color('headline.saving.value'), await color('lever.short.saving'));
        assert.notEqual(await color('lever.cache.saving'), saves, 'what is off saves nothing');
        assert.equal(await site.page.getByText('drag').count(), 0);
      });

      test('the cards of the usage stand close, however tall the facts are', async () => {
        await site.show('Usage');
        await site.importFile(kExample);
        const box = (group) => site.page.locator(`[data-group="${group}"]`).boundingBox();
        const [daily, breakdown, facts, file] = await Promise.all(['daily', 'breakdown', 'facts', 'import'].map(box));
        assert.equal(Math.round(breakdown.y - daily.y - daily.height), 16);
        assert.equal(Math.round(daily.y - file.y - file.height), 16);
        assert.equal(facts.y, daily.y);
      });

      test('the imported file is described in one line, and each sum in its own', async () => {
        await site.show('Usage');
        await site.importFile(kExample);
        const tops = await site.page.getByRole('region', { name: 'Import', exact: true }).locator('p').evaluateAll((all) =>
          all.map((each) => Math.round(each.getBoundingClientRect().bottom / 4)));
        const [name, format, size] = tops;
        const [rows, money] = tops.slice(-2);
        assert.ok(Math.abs(format - name) <= 1 && Math.abs(size - name) <= 1, `one line: ${tops}`);
        assert.ok(rows > name + 1 && money > rows + 1, `lines of their own: ${tops}`);
      });

      test('the option the keyboard is on stands out and stays in sight', async () => {
        const box = site.page.getByRole('combobox', { name: 'Model', exact: true });
        await box.press('Enter');
        await site.settle();
        for (let step = 0; step < 25; ++step) await box.press('ArrowDown');
        await site.settle();
        const seen = await box.evaluate((field) => {
          const option = document.getElementById(field.getAttribute('aria-activedescendant'));
          const list = option.closest('[role=listbox]').getBoundingClientRect();
          const { top, bottom } = option.getBoundingClientRect();
          const background = (element) => getComputedStyle(element).backgroundColor;
          return { isInList: top >= list.top && bottom <= list.bottom, isInWindow: top >= 0 && bottom <= innerHeight,
            standsOut: background(option) !== background(option.previousElementSibling) };
        });
        assert.deepEqual(seen, { isInList: true, isInWindow: true, standsOut: true });
      });

      test('a part that scrolls sideways has a place in the tab order, and only as long as it scrolls', async () => {
        const breakdown = site.page.getByRole('region', { name: 'Breakdown' });
        await site.show('Usage');
        await site.importFile(kExample);
        assert.equal(await breakdown.getAttribute('tabindex'), null, 'on a wide window');
        await site.page.setViewportSize({ width: 320, height: 844 });
        await site.settle();
        assert.equal(await breakdown.getAttribute('tabindex'), '0', 'on a narrow window');
        await breakdown.focus();
        await site.page.keyboard.press('ArrowRight');
        await site.page.waitForFunction(() => document.activeElement.scrollLeft > 0);
        await site.page.setViewportSize({ width: 1440, height: 900 });
        await site.settle();
        assert.equal(await breakdown.getAttribute('tabindex'), null, 'on a wide window again');
      });
    }

    if (!webgl) return;

    test('the pointer works on the canvas: a switch, a slider, a link', async () => {
      const click = async (id, share = 0.5) => {
        const [x, y, width, height] = await site.rectOf(id);
        await site.page.mouse.click(x + width * share, y + height / 2);
        await site.settle();
      };
      const [batch] = await site.nodes((node) => node.role === 'switch' && node.name === 'Batch');
      await click(batch.id);
      assert.equal(await optimized(), '8691.35');
      const [slider] = await site.nodes((node) => node.role === 'slider');
      const [x, y, width, height] = slider.rect;
      await site.page.mouse.move(x + 8 + (width - 16) * 0.9, y + height / 2);
      await site.page.mouse.down();
      await site.page.mouse.move(x + 8 + (width - 16) * 0.5, y + height / 2, { steps: 4 });
      await site.page.mouse.up();
      await site.settle();
      assert.equal(await site.sliderValue(), 0.5);
      await click('nav.usage');
      assert.equal((await site.semantics()).screen, 'usage');
    });

    test('an option that lies over a text field is chosen by the pointer', async () => {
      const box = site.page.getByRole('combobox', { name: 'Model', exact: true });
      const [x, y, width, height] = await site.rectOf('workload.chat.model');
      await site.page.mouse.click(x + width / 2, y + height / 2);
      await site.settle();
      const [field] = await site.nodes((node) => node.role === 'textbox' && node.name === 'Output');
      const options = await site.nodes((node) => node.role === 'option' && node.id.startsWith('workload.chat.model/'));
      const [fx, fy, fw, fh] = field.rect;
      const over = options.find(({ rect }) => rect[1] < fy + fh / 2 && rect[1] + rect[3] > fy + fh / 2);
      await site.page.mouse.click(fx + fw / 2, fy + fh / 2);
      await site.settle();
      assert.equal(await box.inputValue(), over.name);
    });

    test('Escape cancels the drag of a lever', async () => {
      const order = () => site.page.locator('[data-group^="lever."]').evaluateAll((all) => all.map(({ dataset }) => dataset.group));
      const before = await order();
      const [x, y] = await site.rectOf('lever.cache.enabled');
      const [, goal] = await site.rectOf('lever.batch.enabled');
      for (const isKept of [true, false]) {
        await site.page.mouse.move(x + 60, y + 9);
        await site.page.mouse.down();
        await site.page.mouse.move(x + 60, goal + 60, { steps: 4 });
        if (isKept) await site.page.keyboard.press('Escape');
        await site.page.mouse.up();
        await site.settle();
        assert.equal((await order())[0] === before[0], isKept, `Escape ${isKept ? '' : 'not '}pressed`);
      }
    });

    test('a text field under the pointer is the browser\'s own, with caret and selection', async () => {
      const [field] = await site.nodes((node) => node.role === 'textbox' && node.name === 'Requests per month');
      const [x, y, width, height] = field.rect;
      await site.page.mouse.dblclick(x + width - 20, y + height / 2);
      assert.equal(await site.page.evaluate(() => document.activeElement.dataset.id), field.id);
      await site.page.keyboard.press('Control+a');
      await site.page.keyboard.type('1200000');
      await site.page.keyboard.press('Enter');
      await site.settle();
      assert.equal(await optimized(), '9775.869');
    });
  });
}

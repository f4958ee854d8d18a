// The examples of the documentation are run, and what they print is what the page shows.
//
// A fenced block of kind `console` holds commands (`$ `, continued by `> `) and their output. The
// command runs in a shell in the repository's root with build/ on its PATH.
//   UPDATE_EXAMPLES=1 node --test tests/docs   writes the output into the documents
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const binary = join(root, 'build', 'tokenlever');
const documents = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

// -> [{command, expected}] of one block's lines
function examples(lines) {
  const found = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) found.push({ command: [line.slice(2)], expected: [] });
    else if (line.startsWith('> ') && found.at(-1)?.expected.length === 0) found.at(-1).command.push(line.slice(2));
    else found.at(-1)?.expected.push(line);
  }
  return found;
}

function run(command) {
  const path = join(root, 'build') + delimiter + process.env.PATH;
  const done = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8', env: { ...process.env, PATH: path } });
  return (done.stdout + done.stderr).trimEnd().split('\n').map((line) => line.trimEnd());
}

const prompted = (command) => command.map((line, index) => (index === 0 ? '$ ' : '> ') + line);

for (const name of documents) {
  const text = readFileSync(join(root, name), 'utf8');
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)];
  if (blocks.length === 0) continue;
  test(`the examples of ${name} print what it shows`, { skip: existsSync(binary) ? false : 'the command line is not built' }, () => {
    let updated = text;
    for (const [block, body] of blocks) {
      const shown = [];
      for (const { command, expected } of examples(body.trimEnd().split('\n'))) {
        const printed = run(command.join('\n'));
        if (!process.env.UPDATE_EXAMPLES) assert.deepEqual(expected, printed, command.join('\n'));
        shown.push(...prompted(command), ...printed);
      }
      updated = updated.replace(block, () => `\`\`\`console\n${shown.join('\n')}\n\`\`\``);
    }
    if (process.env.UPDATE_EXAMPLES) writeFileSync(join(root, name), updated);
  });
}

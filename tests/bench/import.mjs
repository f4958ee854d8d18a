// Import of a LiteLLM log of 320 MB: our engine in WebAssembly, one instance, against DuckDB native on
// one thread, in turns on the same file.
//
//   node tests/bench/import.mjs [--megabytes 320] [--rounds 5] [--program build/wasm/tests/bench/import_bench.cjs]
//
// Two comparisons: what DuckDB does to sum the plain columns by day, model and team; and the same work,
// in which DuckDB also drops repeated ids, reads the cached tokens out of the metadata and adds the
// spends as decimals. Ours always does all of that. Processor time is what counts on a busy machine.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeSpendLogs } from './import/spend_logs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '320' },
    rounds: { type: 'string', default: '5' },
    program: { type: 'string', default: join(root, 'build/wasm/tests/bench/import_bench.cjs') },
    peers: { type: 'string', default: join(root, '.deps/bench') },
  },
});

if (!existsSync(values.program)) {
  const folder = resolve(dirname(values.program), '../..');
  execFileSync('cmake', ['--build', folder, '--target', 'import_bench'], { stdio: 'inherit' });
}

const kCommon = `count(*), sum(prompt_tokens::BIGINT), sum(completion_tokens::BIGINT)`;
const plain = (file) => `SELECT startTime::TIMESTAMP::DATE, model, team_id, ${kCommon}, sum(spend::DOUBLE)
  FROM read_csv('${file}', header = true) GROUP BY ALL`;
const count = (path) => `sum((metadata->>'$.usage_object.${path}')::BIGINT)`;
const whole = (file) => `WITH once AS (SELECT DISTINCT ON (request_id) *
    FROM read_csv('${file}', header = true, all_varchar = true))
  SELECT startTime::TIMESTAMP::DATE, model, team_id, ${kCommon}, sum(spend::DECIMAL(38, 18)),
    ${count('cache_read_input_tokens')}, ${count('cache_creation_input_tokens')},
    ${count('completion_tokens_details.reasoning_tokens')} FROM once GROUP BY ALL`;

// In a process of its own, so that both sides start cold; prints seconds and processor seconds.
const kDuck = `
  const { DuckDBInstance } = await import(process.argv[2]);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('SET threads = 1');
  const start = performance.now(), cpu = process.cpuUsage();
  const result = await connection.runAndReadAll(process.argv[3]);
  const used = process.cpuUsage(cpu);
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1e3, cpu: (used.user + used.system) / 1e6, groups: result.getRows().length }));`;

const duckModule = join(values.peers, 'node_modules/@duckdb/node-api/lib/index.js');
function duck(query) {
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', kDuck, 'duck', duckModule, query], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function ours(file) {
  const run = spawnSync(process.execPath, [values.program, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(run.stderr);
  const { seconds, cpu_seconds: cpu, heap_bytes: heap, report } = JSON.parse(run.stdout);
  return { seconds, cpu, heap, report };
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const print = (what, value) => console.log(`${what.padEnd(52)} ${value}`);

const folder = mkdtempSync(join(tmpdir(), 'tokenlever-bench-'));
try {
  const file = join(folder, 'spend-logs.csv');
  const { rows, bytes } = writeSpendLogs(file, Number(values.megabytes), 1);
  print('file', `${(bytes / 1e6).toFixed(0)} MB, ${rows} rows`);
  const hasDuck = existsSync(duckModule);
  if (!hasDuck) print('DuckDB', 'not installed: left out');
  const runs = { ours: [], plain: [], whole: [] };
  for (let round = 0; round < Number(values.rounds); ++round) {
    runs.ours.push(ours(file));
    if (hasDuck) runs.plain.push(duck(plain(file)));
    if (hasDuck) runs.whole.push(duck(whole(file)));
  }
  const { heap, report } = runs.ours[0];
  if (report.files[0].rows.charged !== rows) throw new Error('not every row was charged');
  if (hasDuck && runs.plain[0].groups !== report.groups.length) throw new Error('the group counts differ');
  const speed = (list, key) => bytes / 1e6 / median(list.map((run) => run[key]));
  const row = (what, list) => print(what, `${speed(list, 'seconds').toFixed(0).padStart(5)} MB/s wall ${speed(list, 'cpu').toFixed(0).padStart(5)} MB/s processor`);
  row('engine in WebAssembly, everything', runs.ours);
  print('its heap', `${(heap / 1e6).toFixed(0)} MB (limit 128)`);
  if (hasDuck) {
    row('DuckDB native, one thread, plain columns', runs.plain);
    row('DuckDB native, one thread, the same work', runs.whole);
    for (const [what, list] of [['plain columns', runs.plain], ['the same work', runs.whole]])
      print(`ratio to DuckDB, ${what}`, `${(speed(runs.ours, 'seconds') / speed(list, 'seconds')).toFixed(2)} wall, ` +
        `${(speed(runs.ours, 'cpu') / speed(list, 'cpu')).toFixed(2)} processor`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Reads the logs of the test runners and says what happened.
//
//   node tests/tally.mjs --failures LOG     what the failing programs of a ctest log printed, and a sum
//   node tests/tally.mjs --status S --shared FOLDER LOG...
//                                           the sum over all logs, last line "N passed, N failed, N skipped"
//
// A ctest log (`ctest --verbose`) counts doctest cases; a program without them counts as one. A case
// that lacks its shared material prints "SKIPPED: case: reason" (tests/shared.h). A TAP log is what
// `node --test` writes. Exit 1 if something failed, if a runner's own status S is not 0, if a log holds
// no test at all, or if a case was skipped although the shared material is there.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

// -> [{name, passed, failed, skipped, output}] one per program
export function readCtest(text) {
  const programs = new Map();
  const program = (id) => {
    if (!programs.has(id))
      programs.set(id, { name: id, ok: false, cases: null, skips: new Set(), left: [], output: [] });
    return programs.get(id);
  };
  for (const line of text.split('\n')) {
    const result = /^ *\d+\/\d+ Test +#(\d+): (\S+) \.*(.*)$/.exec(line);
    if (result) {
      program(result[1]).name = result[2];
      program(result[1]).ok = result[3].trimStart().startsWith('Passed');
      if (!program(result[1]).ok) program(result[1]).output.push(result[3].trim());
      continue;
    }
    const said = /^(\d+): ?(.*)$/.exec(line);
    if (!said) continue;
    const its = program(said[1]);
    its.output.push(said[2]);
    const skip = /^SKIPPED: ([^:]*)/.exec(said[2]);
    if (skip) its.skips.add(skip[1]);
    const cases = /^\[doctest\] test cases:.*?(\d+) passed.*?(\d+) failed.*?(\d+) skipped/.exec(said[2]);
    if (cases) {
      its.cases = { passed: Number(cases[1]), failed: Number(cases[2]) };
      for (let index = 1; index <= Number(cases[3]); ++index) its.left.push(`${its.name}: disabled case ${index}`);
    }
  }
  return [...programs.values()].map(({ name, ok, cases, skips, left, output }) => {
    const failed = cases ? cases.failed : 0;
    return {
      name, output, skips: [...skips, ...left], skipped: skips.size + left.length,
      passed: cases ? cases.passed - skips.size : Number(ok),
      failed: ok ? failed : Math.max(failed, 1),
    };
  });
}

// -> {passed, failed, skipped, skips} of `node --test --test-reporter=tap`
export function readTap(text) {
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const skips = [...text.matchAll(/^ *ok \d+ - (.*?) # SKIP ?(.*)$/gm)].map((match) => match[1]);
  return { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped'), skips };
}

function sum(parts) {
  const total = { passed: 0, failed: 0, skipped: 0, skips: [] };
  for (const part of parts) {
    for (const key of ['passed', 'failed', 'skipped']) total[key] += part[key];
    total.skips.push(...part.skips);
  }
  return total;
}

const inWords = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

function showFailures(log) {
  const programs = readCtest(readFileSync(log, 'utf8'));
  for (const { name, failed, output } of programs)
    if (failed > 0) console.log(`-- ${name}\n${output.join('\n')}\n`);
  console.log(inWords(sum(programs)));
}

function conclude(logs, status, shared) {
  let ok = status === 0;
  const parts = logs.map((log) => {
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    const part = text.startsWith('TAP version') ? readTap(text) : sum(readCtest(text));
    if (part.passed + part.failed + part.skipped === 0) {
      console.log(`no test ran: ${log}`);
      part.failed += 1;
    }
    return part;
  });
  const total = sum(parts);
  for (const name of total.skips) console.log(`skipped: ${name}`);
  if (total.skipped > 0 && existsSync(shared)) {
    console.log(`skipped although ${shared} is there: that is a failure`);
    ok = false;
  }
  console.log(inWords(total));
  return ok && total.failed === 0;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { failures: { type: 'string' }, status: { type: 'string' }, shared: { type: 'string' } },
  });
  if (values.failures) showFailures(values.failures);
  else process.exitCode = conclude(positionals, Number(values.status), values.shared) ? 0 : 1;
}

// A LiteLLM spend log of any size, the same bytes for the same seed: the real schema, with
// metadata.usage_object and cache fields, unique request ids, and keys, users, teams and models drawn by
// Zipf's law. What it holds is invented.
//
//   node tests/bench/import/spend_logs.mjs FILE [--megabytes 320] [--seed 1]

import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';

const kHeader = 'request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,' +
  'endTime,completionStartTime,model,model_id,model_group,custom_llm_provider,api_base,user,metadata,' +
  'cache_hit,cache_key,request_tags,team_id,organization_id,end_user,requester_ip_address,session_id,' +
  'status,mcp_namespaced_tool_name,agent_id\n';

// [model, group, provider, api base, input, cache read, cache write, output: dollars per million]
const kModels = [
  ['gpt-5-mini-2025-08-07', 'gpt-5-mini', 'openai', 'https://api.openai.com/v1/', 0.25, 0.025, 0, 2],
  ['claude-sonnet-4-5-20250929', 'claude-sonnet', 'anthropic', 'https://api.anthropic.com', 3, 0.3, 3.75, 15],
  ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini', 'openai', 'https://api.openai.com/v1/', 0.15, 0.075, 0, 0.6],
  ['claude-haiku-4-5-20251001', 'claude-haiku', 'anthropic', 'https://api.anthropic.com', 1, 0.1, 1.25, 5],
  ['gemini-2.5-flash', 'gemini-flash', 'gemini', 'https://generativelanguage.googleapis.com', 0.3, 0.03, 0, 2.5],
  ['gpt-5-2025-08-07', 'gpt-5', 'openai', 'https://api.openai.com/v1/', 1.25, 0.125, 0, 10],
  ['deepseek-chat', 'deepseek', 'deepseek', 'https://api.deepseek.com', 0.28, 0.028, 0, 0.42],
  ['mistral-small-latest', 'mistral-small', 'mistral', 'https://api.mistral.ai/v1', 0.1, 0.1, 0, 0.3],
];

// xorshift128+ of two 32-bit lanes: enough for a benchmark, equal everywhere.
function random(seed) {
  let a = (seed * 2654435761) >>> 0 || 1;
  let b = (seed ^ 0x9e3779b9) >>> 0 || 2;
  return () => {
    let t = a;
    a = b;
    t ^= t << 23; t ^= t >>> 17; t ^= b ^ (b >>> 5);
    b = t >>> 0;
    return ((a + b) >>> 0) / 4294967296;
  };
}

function zipf(count, exponent) {
  const weights = [];
  let total = 0;
  for (let rank = 1; rank <= count; ++rank) weights.push(total += 1 / rank ** exponent);
  return (uniform) => {
    const wanted = uniform * total;
    let low = 0, high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (weights[middle] < wanted) low = middle + 1; else high = middle;
    }
    return low;
  };
}

const two = (number) => String(number).padStart(2, '0');
const stamp = (milliseconds) => {
  const date = new Date(milliseconds);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ` +
    `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}.` +
    `${String(date.getUTCMilliseconds()).padStart(3, '0')}000`;
};
const hex = (next, digits) => {
  let text = '';
  while (text.length < digits) text += Math.floor(next() * 4294967296).toString(16).padStart(8, '0');
  return text.slice(0, digits);
};
// As Python's json.dumps writes it, in a CSV cell.
const quoted = (value) => {
  const text = JSON.stringify(value, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '');
  return `"${text.replaceAll('"', '""')}"`;
};

export function writeSpendLogs(path, megabytes, seed) {
  const next = random(seed);
  const people = zipf(400, 1.1), keysBy = zipf(120, 1.05), modelsBy = zipf(kModels.length, 0.9);
  const keys = Array.from({ length: 120 }, (_, index) => ({
    hash: hex(next, 64), alias: `key-${index}`, team: index % 24,
  }));
  const file = openSync(path, 'w');
  let bytes = writeSync(file, kHeader);
  let rows = 0;
  let time = Date.UTC(2026, 7, 1);
  const limit = megabytes * 1e6;
  let chunk = '';
  while (bytes + chunk.length < limit) {
    chunk += row(rows++);
    if (chunk.length > 1 << 20) { bytes += writeSync(file, chunk); chunk = ''; }
  }
  bytes += writeSync(file, chunk);
  closeSync(file);
  return { rows, bytes };

  function row(number) {
    const [model, group, provider, base, input, cached, written, output] = kModels[modelsBy(next())];
    const key = keys[keysBy(next())];
    const user = `user-${people(next())}`;
    time += Math.floor(next() * 18000);
    const seconds = 400 + next() * 20000;
    const isFailure = next() < 0.01;
    const isHit = !isFailure && next() < 0.02;
    const prompt = isFailure ? 0 : 200 + Math.floor(next() ** 3 * 60000);
    const completion = isFailure ? 0 : 20 + Math.floor(next() ** 2 * 3000);
    const read = next() < 0.6 ? Math.floor(prompt * next() * 0.9) : 0;
    const creation = written > 0 && next() < 0.5 ? Math.floor((prompt - read) * next()) : 0;
    const reasoning = group.startsWith('gpt-5') ? Math.floor(completion * next()) : null;
    const spend = isFailure || isHit ? 0
      : ((prompt - read - creation) * input + read * cached + creation * written + completion * output) / 1e6;
    const team = `team-${key.team}`;
    const usage = isFailure ? null : {
      prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion,
      cache_read_input_tokens: read, cache_creation_input_tokens: creation,
      prompt_tokens_details: { cached_tokens: read, cache_creation_tokens: creation, text_tokens: null, audio_tokens: null, image_tokens: null },
      completion_tokens_details: { reasoning_tokens: reasoning },
    };
    const metadata = {
      user_api_key: key.hash, user_api_key_alias: key.alias, user_api_key_team_id: team,
      user_api_key_team_alias: `Team ${key.team}`, user_api_key_user_id: user, user_api_key_org_id: null,
      spend_logs_metadata: null, requester_ip_address: '', applied_guardrails: [], status: isFailure ? 'failure' : 'success',
      mcp_tool_call_metadata: null, vector_store_request_metadata: null, usage_object: usage,
      model_map_information: { model_map_key: group, model_map_value: null },
      additional_usage_values: { cache_read_input_tokens: read, cache_creation_input_tokens: creation },
    };
    const tags = [`feature:${['search', 'chat', 'extract', 'summaries'][Math.floor(next() * 4)]}`, 'User-Agent: openai-python'];
    const start = stamp(time), end = stamp(time + seconds);
    return `chatcmpl-${hex(next, 24)}-${number},acompletion,${key.hash},${spend},${prompt + completion},${prompt},` +
      `${completion},${start},${end},${end},${model},,${group},${provider},${base},${user},${quoted(metadata)},` +
      `${isHit ? 'True' : 'False'},Cache OFF,${quoted(tags)},${team},,cust-${people(next())},,,` +
      `${isFailure ? 'failure' : 'success'},,\n`;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { megabytes: { type: 'string', default: '320' }, seed: { type: 'string', default: '1' } },
  });
  if (positionals.length !== 1) {
    console.error('usage: node tests/bench/import/spend_logs.mjs FILE [--megabytes 320] [--seed 1]');
    process.exit(2);
  }
  const { rows, bytes } = writeSpendLogs(positionals[0], Number(values.megabytes), Number(values.seed));
  console.log(`${rows} rows, ${bytes} bytes`);
}

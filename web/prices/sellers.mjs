// How the packages' names of sellers become ours, and which lists are left out.

/** Their id -> ours, where it differs. */
const ours = {
  aws: 'amazon-bedrock',
  cloudflare: 'cloudflare-workers-ai',
  gemini: 'google',
  mistralai: 'mistral',
  moonshotai: 'moonshot',
  voyageai: 'voyage',
  'x-ai': 'xai',
};

/**
 * Lists that are no price per token: subscriptions whose figures are notional, and lists in another
 * currency that the package does not name.
 */
const leftOut = {
  'kimi-coding': 'subscription',
  'minimax-cn': 'list in CNY',
  'moonshotai-cn': 'list in CNY',
  'openai-codex': 'subscription',
  'opencode-go': 'subscription',
  'qwen-token-plan': 'subscription',
  'qwen-token-plan-cn': 'subscription',
  'qwen-token-plan-individual': 'subscription',
  'qwen-token-plan-individual-cn': 'subscription',
  'xiaomi-token-plan-ams': 'subscription',
  'xiaomi-token-plan-cn': 'subscription',
  'xiaomi-token-plan-sgp': 'subscription',
  'zai-coding-cn': 'subscription',
  zhipuai: 'list in CNY',
};

/** Entries that are known to be false, by our id of the seller. */
const falseEntries = [
  { seller: 'openai', model: /^gpt-oss/, reason: 'OpenAI publishes the weights and sells no tokens of it' },
];

/** Sellers of their own models only: a bare model name may mean them. */
const makers = new Set([
  'alibaba', 'ant-ling', 'anthropic', 'cohere', 'deepseek', 'google', 'meta', 'minimax', 'mistral', 'moonshot',
  'openai', 'perplexity', 'voyage', 'xai', 'xiaomi', 'zai',
]);

/** Google's own models; what else a package lists under "google" is sold on Vertex AI. */
const isGoogles = (model) => /^(gemini|gemma|text-embedding|text-bison|chat-bison|codechat|learnlm|imagen|veo|lyria|aqa|deep-research)/.test(model);

// What people call a seller, where it is not its id with capitals.
const names = {
  'amazon-bedrock': 'Amazon Bedrock', azure: 'Microsoft Azure', 'cloudflare-ai-gateway': 'Cloudflare AI Gateway',
  'cloudflare-workers-ai': 'Cloudflare Workers AI', deepseek: 'DeepSeek', 'github-copilot': 'GitHub Copilot', 'google-vertex': 'Google Vertex AI',
  huggingface: 'Hugging Face', minimax: 'MiniMax', moonshot: 'Moonshot AI', nvidia: 'NVIDIA', openai: 'OpenAI', opencode: 'OpenCode',
  openrouter: 'OpenRouter', ovhcloud: 'OVHcloud', quicksilverpro: 'QuickSilver Pro', together: 'Together AI', typesafe: 'TypeSafe',
  'vercel-ai-gateway': 'Vercel AI Gateway', voyage: 'Voyage AI', xai: 'xAI', zai: 'Z.ai',
};

/** "openrouter" -> "OpenRouter", "huggingface-groq" -> "Hugging Face (groq)". */
export function nameOf(seller) {
  const [, backend] = /^huggingface-(.*)$/.exec(seller) ?? [];
  if (backend) return `Hugging Face (${backend})`;
  return names[seller] ?? seller.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join(' ');
}

/** Our id of the seller, or undefined where the list is left out. */
export function sellerOf(theirs, model) {
  if (Object.hasOwn(leftOut, theirs)) return undefined;
  const id = (ours[theirs] ?? theirs).replaceAll('_', '-');
  return id === 'google' && !isGoogles(model) ? 'google-vertex' : id;
}

/** Why an entry is known to be false, or undefined. */
export const whyFalse = (seller, model) => falseEntries.find((each) => each.seller === seller && each.model.test(model))?.reason;

export const isMaker = (seller) => makers.has(seller);

#include "pricing/provider_id.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

struct ProviderName {
    std::string_view name;
    std::string_view id;
};

// By name. From the ids of LiteLLM, OpenRouter, models.dev, Langfuse and the vendors' own SDKs.
constexpr std::array kProviderNames = {
    ProviderName{"alibaba", "alibaba"},
    ProviderName{"alibaba-cloud", "alibaba"},
    ProviderName{"aliyun", "alibaba"},
    ProviderName{"amazon", "amazon-bedrock"},
    ProviderName{"amazon-bedrock", "amazon-bedrock"},
    ProviderName{"amazon_bedrock", "amazon-bedrock"},
    ProviderName{"anthropic", "anthropic"},
    ProviderName{"anthropic_text", "anthropic"},
    ProviderName{"aws", "amazon-bedrock"},
    ProviderName{"aws-bedrock", "amazon-bedrock"},
    ProviderName{"azure", "azure"},
    ProviderName{"azure-ai", "azure"},
    ProviderName{"azure-ai-foundry", "azure"},
    ProviderName{"azure-openai", "azure"},
    ProviderName{"azure_ai", "azure"},
    ProviderName{"azure_openai", "azure"},
    ProviderName{"azure_text", "azure"},
    ProviderName{"bedrock", "amazon-bedrock"},
    ProviderName{"bedrock-converse", "amazon-bedrock"},
    ProviderName{"bedrock_converse", "amazon-bedrock"},
    ProviderName{"bedrock_mantle", "amazon-bedrock"},
    ProviderName{"cerebras", "cerebras"},
    ProviderName{"cloudflare", "cloudflare-workers-ai"},
    ProviderName{"cloudflare_workers_ai", "cloudflare-workers-ai"},
    ProviderName{"codestral", "mistral"},
    ProviderName{"cohere", "cohere"},
    ProviderName{"cohere_chat", "cohere"},
    ProviderName{"copilot", "github-copilot"},
    ProviderName{"dashscope", "alibaba"},
    ProviderName{"deep_infra", "deepinfra"},
    ProviderName{"deepinfra", "deepinfra"},
    ProviderName{"deepseek", "deepseek"},
    ProviderName{"fireworks", "fireworks"},
    ProviderName{"fireworks-ai", "fireworks"},
    ProviderName{"fireworks_ai", "fireworks"},
    ProviderName{"gemini", "google"},
    ProviderName{"github-copilot", "github-copilot"},
    ProviderName{"github_copilot", "github-copilot"},
    ProviderName{"google", "google"},
    ProviderName{"google-ai-studio", "google"},
    ProviderName{"google-gemini", "google"},
    ProviderName{"google-genai", "google"},
    ProviderName{"google-vertex", "google-vertex"},
    ProviderName{"google-vertex-anthropic", "google-vertex"},
    ProviderName{"google_ai_studio", "google"},
    ProviderName{"google_genai", "google"},
    ProviderName{"google_vertex", "google-vertex"},
    ProviderName{"groq", "groq"},
    ProviderName{"hugging_face", "huggingface"},
    ProviderName{"huggingface", "huggingface"},
    ProviderName{"kimi", "moonshot"},
    ProviderName{"minimax", "minimax"},
    ProviderName{"mistral", "mistral"},
    ProviderName{"mistral-ai", "mistral"},
    ProviderName{"mistralai", "mistral"},
    ProviderName{"moonshot", "moonshot"},
    ProviderName{"moonshotai", "moonshot"},
    ProviderName{"novita-ai", "novita"},
    ProviderName{"nvidia_nim", "nvidia"},
    ProviderName{"open_router", "openrouter"},
    ProviderName{"openai", "openai"},
    ProviderName{"openrouter", "openrouter"},
    ProviderName{"perplexity", "perplexity"},
    ProviderName{"perplexity-ai", "perplexity"},
    ProviderName{"perplexity_ai", "perplexity"},
    ProviderName{"pplx", "perplexity"},
    ProviderName{"text-completion-openai", "openai"},
    ProviderName{"together", "together"},
    ProviderName{"together_ai", "together"},
    ProviderName{"togetherai", "together"},
    ProviderName{"vercel", "vercel-ai-gateway"},
    ProviderName{"vercel_ai_gateway", "vercel-ai-gateway"},
    ProviderName{"vertex", "google-vertex"},
    ProviderName{"vertex-ai", "google-vertex"},
    ProviderName{"vertex_ai", "google-vertex"},
    ProviderName{"vertex_ai-anthropic_models", "google-vertex"},
    ProviderName{"vertex_ai-language-models", "google-vertex"},
    ProviderName{"vertex_ai-llama_models", "google-vertex"},
    ProviderName{"vertex_ai-mistral_models", "google-vertex"},
    ProviderName{"vertex_ai_beta", "google-vertex"},
    ProviderName{"vertexai", "google-vertex"},
    ProviderName{"voyage", "voyage"},
    ProviderName{"voyageai", "voyage"},
    ProviderName{"workers-ai", "cloudflare-workers-ai"},
    ProviderName{"x-ai", "xai"},
    ProviderName{"x_ai", "xai"},
    ProviderName{"xai", "xai"},
    ProviderName{"z-ai", "zai"},
    ProviderName{"z.ai", "zai"},
    ProviderName{"z_ai", "zai"},
    ProviderName{"zai", "zai"},
    ProviderName{"zhipuai", "zai"},
};
static_assert(std::ranges::is_sorted(kProviderNames, {}, &ProviderName::name));

}  // namespace

std::string_view canonical_provider(std::string_view id) {
    const auto row = std::ranges::lower_bound(kProviderNames, id, {}, &ProviderName::name);
    return row != kProviderNames.end() && row->name == id ? row->id : std::string_view{};
}

}  // namespace tokenlever

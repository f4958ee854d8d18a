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
    ProviderName{"amazon", "amazon-bedrock"},
    ProviderName{"amazon-bedrock", "amazon-bedrock"},
    ProviderName{"amazon_bedrock", "amazon-bedrock"},
    ProviderName{"anthropic", "anthropic"},
    ProviderName{"aws", "amazon-bedrock"},
    ProviderName{"aws-bedrock", "amazon-bedrock"},
    ProviderName{"azure", "azure"},
    ProviderName{"azure-openai", "azure"},
    ProviderName{"azure_ai", "azure"},
    ProviderName{"azure_openai", "azure"},
    ProviderName{"bedrock", "amazon-bedrock"},
    ProviderName{"bedrock_converse", "amazon-bedrock"},
    ProviderName{"cerebras", "cerebras"},
    ProviderName{"cohere", "cohere"},
    ProviderName{"cohere_chat", "cohere"},
    ProviderName{"dashscope", "alibaba"},
    ProviderName{"deepinfra", "deepinfra"},
    ProviderName{"deepseek", "deepseek"},
    ProviderName{"fireworks", "fireworks"},
    ProviderName{"fireworks-ai", "fireworks"},
    ProviderName{"fireworks_ai", "fireworks"},
    ProviderName{"gemini", "google"},
    ProviderName{"github_copilot", "github-copilot"},
    ProviderName{"google", "google"},
    ProviderName{"google-ai-studio", "google"},
    ProviderName{"google-vertex", "google-vertex"},
    ProviderName{"google-vertex-anthropic", "google-vertex"},
    ProviderName{"google_ai_studio", "google"},
    ProviderName{"groq", "groq"},
    ProviderName{"minimax", "minimax"},
    ProviderName{"mistral", "mistral"},
    ProviderName{"mistralai", "mistral"},
    ProviderName{"moonshot", "moonshot"},
    ProviderName{"moonshotai", "moonshot"},
    ProviderName{"openai", "openai"},
    ProviderName{"openrouter", "openrouter"},
    ProviderName{"perplexity", "perplexity"},
    ProviderName{"text-completion-openai", "openai"},
    ProviderName{"together", "together"},
    ProviderName{"together_ai", "together"},
    ProviderName{"togetherai", "together"},
    ProviderName{"vertex", "google-vertex"},
    ProviderName{"vertex_ai", "google-vertex"},
    ProviderName{"vertexai", "google-vertex"},
    ProviderName{"x-ai", "xai"},
    ProviderName{"xai", "xai"},
    ProviderName{"z-ai", "zai"},
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

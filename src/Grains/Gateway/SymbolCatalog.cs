using System.Collections.Concurrent;
using Granary.Engine.Margin;
using Granary.Engine.Market;

namespace Granary.Grains.Gateway;

/// <summary>The venue's rules of every symbol, refreshed by <see cref="Hosting.EngineServices"/>. One per silo.</summary>
public sealed class SymbolCatalog
{
    private readonly ConcurrentDictionary<string, SymbolRules> _rules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LeverageBrackets> _brackets = new(StringComparer.Ordinal);

    // Completed inline: waiting with a token must not go by way of the thread pool, which the deterministic scheduler does not have.
    private readonly TaskCompletionSource _loaded = new();

    /// <summary>Completes when the rules have been loaded for the first time.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>The rules of a symbol, or null while none are known.</summary>
    public SymbolRules? Find(string symbol) => _rules.GetValueOrDefault(symbol);

    /// <summary>The venue's leverage ladder of a symbol, or null while none is known.</summary>
    public LeverageBrackets? FindBrackets(string symbol) => _brackets.GetValueOrDefault(symbol);

    /// <summary>Replaces leverage ladders, those of other symbols stay.</summary>
    public void Load(IReadOnlyList<LeverageBrackets> brackets)
    {
        foreach (var ladder in brackets) _brackets[ladder.Symbol] = ladder;
    }

    /// <summary>Replaces the rules.</summary>
    public void Load(IReadOnlyList<SymbolRules> rules)
    {
        foreach (var rule in rules) _rules[rule.Symbol] = rule;
        _loaded.TrySetResult();
    }
}

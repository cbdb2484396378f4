using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>The listed symbols by name, in the exchange's order.</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, SymbolFormat> _byName;

    public SymbolTable(IExchange exchange)
    {
        All = [.. exchange.Symbols.Select(rules => new SymbolFormat(rules))];
        _byName = All.ToDictionary(format => format.Symbol, StringComparer.Ordinal);
    }

    public IReadOnlyList<SymbolFormat> All { get; }

    public SymbolFormat? Find(string symbol) => _byName.GetValueOrDefault(symbol);

    /// <exception cref="KeyNotFoundException">The exchange speaks of a symbol that it does not list.</exception>
    public SymbolFormat Get(string symbol) => _byName[symbol];
}

using Granary.Exchange.Contracts;

namespace Granary.Exchange.Conditional;

/// <summary>A conditional order while the exchange works with it.</summary>
internal sealed class ConditionalState(string account, ListedSymbol symbol, ConditionalOrder order)
{
    public string Account => account;

    public ListedSymbol Symbol => symbol;

    public ConditionalOrder Order { get; set; } = order;

    public bool IsDirty { get; set; }
}

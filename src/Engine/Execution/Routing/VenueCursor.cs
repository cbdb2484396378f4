using Granary.Engine.Book;
using Granary.Engine.Market;

namespace Granary.Engine.Execution.Routing;

/// <summary>Walks one venue's levels from the best on, at prices that include fee and latency.</summary>
internal struct VenueCursor
{
    private ReadOnlyMemory<BookLevel> _levels;
    private decimal _factor;
    private int _level;
    private decimal _open;

    /// <summary>Whether the venue may get a share.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Base units taken so far.</summary>
    public decimal Taken { get; private set; }

    /// <summary>Base units at the prices with fee and latency, quote units.</summary>
    public decimal Notional { get; private set; }

    /// <summary>Whether the last level is used up.</summary>
    public readonly bool IsExhausted => _level >= _levels.Length;

    /// <summary>What the next unit costs; the last level's price when exhausted.</summary>
    public readonly decimal Price => Fixed8.ToDecimal(_levels.Span[Math.Min(_level, _levels.Length - 1)].PriceE8) * _factor;

    /// <summary>What is left of the level.</summary>
    public readonly decimal Open => _open;

    /// <summary>The best price without fee and latency.</summary>
    public readonly decimal Best => Fixed8.ToDecimal(_levels.Span[0].PriceE8);

    /// <summary>Goes to the best level.</summary>
    /// <param name="levels">One or more.</param>
    /// <param name="factor">1 with fee and latency added for a buy, taken off for a sell.</param>
    public void Start(ReadOnlyMemory<BookLevel> levels, decimal factor)
    {
        (_levels, _factor, IsUsed) = (levels, factor, true);
        Rewind();
    }

    /// <summary>Goes back to the best level with nothing taken.</summary>
    public void Rewind()
    {
        (_level, Taken, Notional) = (0, 0, 0);
        _open = Fixed8.ToDecimal(_levels.Span[0].QuantityE8);
    }

    /// <summary>Takes a quantity from the level, at most what is open of it.</summary>
    public void Take(decimal quantity)
    {
        Taken += quantity;
        Notional += quantity * Price;
        _open -= quantity;
        if (_open > 0) return;
        _level++;
        _open = IsExhausted ? 0 : Fixed8.ToDecimal(_levels.Span[_level].QuantityE8);
    }

    /// <summary>Takes a quantity from as many levels as it needs; what is beyond the last one at its price.</summary>
    /// <returns>What was beyond the last level.</returns>
    public decimal TakeAll(decimal quantity)
    {
        while (quantity > 0 && !IsExhausted)
        {
            var part = Math.Min(quantity, _open);
            Take(part);
            quantity -= part;
        }
        Taken += quantity;
        Notional += quantity * Price;
        return quantity;
    }
}

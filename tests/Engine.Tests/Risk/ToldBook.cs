using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>What a gate has been told of fills and money, kept as lists and added up anew each time.</summary>
internal sealed class ToldBook
{
    private readonly List<Fill> _fills = [];
    private readonly List<(long TimeMs, decimal Amount)> _cash = [];
    private decimal _stated;
    private long _statedMs;

    /// <summary>The latest statement and what came after it.</summary>
    public decimal Wallet
    {
        get
        {
            var sum = _stated;
            foreach (var fill in _fills)
            {
                if (fill.TimeMs > _statedMs) sum += fill.RealizedPnl - fill.Fee;
            }
            foreach (var (timeMs, amount) in _cash)
            {
                if (timeMs > _statedMs) sum += amount;
            }
            return sum;
        }
    }

    public void Statement(decimal wallet, long timeMs) => (_stated, _statedMs) = (wallet, timeMs);

    public void Cash(decimal amount, long timeMs) => _cash.Add((timeMs, amount));

    public void Fill(Fill fill)
    {
        foreach (var known in _fills)
        {
            if (known.Symbol == fill.Symbol && known.TradeId == fill.TradeId) return;
        }
        _fills.Add(fill);
    }

    public decimal Position(string symbol)
    {
        var sum = 0m;
        foreach (var fill in _fills)
        {
            if (fill.Symbol == symbol) sum += (int)fill.Side * fill.Quantity;
        }
        return sum;
    }

    /// <summary>
    /// Wallet plus what the positions would bring less what was paid for them. What the gate has realised itself is taken off again: fills that come out of
    /// order realise differently on the way, and only then does it differ from what the venue said.
    /// </summary>
    public decimal Equity(IReadOnlyList<SymbolRiskView> symbols, IReadOnlyDictionary<string, decimal> prices)
    {
        var sum = Wallet;
        foreach (var symbol in symbols)
        {
            sum += (Position(symbol.Symbol) * prices[symbol.Symbol]) - symbol.RealizedPnl;
            foreach (var fill in _fills)
            {
                if (fill.Symbol == symbol.Symbol) sum -= (int)fill.Side * fill.Price * fill.Quantity;
            }
        }
        return sum;
    }
}

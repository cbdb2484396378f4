using Granary.Engine.Market;

namespace Granary.Exchange.State;

/// <summary>A symbol's counters; logged together with every account effect in the symbol.</summary>
/// <param name="symbol">Upper-case symbol.</param>
public sealed class SymbolState(string symbol)
{
    /// <summary>Upper-case symbol.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>Aggregate trades printed since the very first start.</summary>
    public long Printed { get; set; }

    /// <summary>Aggregate id of the last printed trade; 0 before the first.</summary>
    public long LastAggId { get; set; }

    /// <summary>Id of the last single trade printed; 0 before the first.</summary>
    public long LastTradeId { get; set; }

    /// <summary>Market time of the last printed trade.</summary>
    public long LastTimeMs { get; set; }

    /// <summary>Last trade price, times 10^8.</summary>
    public long LastPriceE8 { get; set; }

    /// <summary>Takes the counters of a printed trade.</summary>
    internal void Take(in AggTrade trade)
    {
        LastAggId = trade.Id;
        LastTradeId = trade.LastTradeId;
        LastTimeMs = trade.TimeMs;
        LastPriceE8 = trade.PriceE8;
    }

    /// <summary>Records of the symbol's tape or capture that have been consumed.</summary>
    public long Cursor { get; set; }

    /// <summary>Id of the last fill given to an account in a recorded market, where fills are not part of the tape's ids.</summary>
    public long LastFillId { get; set; }

    /// <summary>The funding time that comes next; 0 before the first mark.</summary>
    public long NextFundingMs { get; set; }
}

using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>Position, price and running trade of one symbol.</summary>
internal sealed class SymbolExposure(string symbol, string marginAsset)
{
    internal string Symbol => symbol;

    internal PositionLedger Ledger { get; } = new(marginAsset);

    internal TradeIdMemory Trades { get; } = new();

    internal decimal? Mark { get; set; }

    internal decimal? LastPrice { get; set; }

    /// <summary>Entries since the position was last flat.</summary>
    internal int Entries { get; set; }

    /// <summary>Who opened the position, or empty.</summary>
    internal string Strategy { get; set; } = "";

    /// <summary>Realised since the position was last flat, net of fees.</summary>
    internal decimal TradeNet { get; set; }

    /// <summary>What the position is valued at: mark, else last price, else entry price.</summary>
    internal decimal Price => Mark ?? LastPrice ?? Math.Abs(Ledger.EntryPrice);

    internal decimal UnrealizedPnl => Ledger.IsFlat || (Mark is null && LastPrice is null) ? 0 : Ledger.UnrealizedPnl(Price);

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(symbol);
        Ledger.Write(writer);
        Trades.Write(writer);
        writer.WriteNullable(Mark);
        writer.WriteNullable(LastPrice);
        writer.Write(Entries);
        writer.Write(Strategy);
        writer.Write(TradeNet);
    }

    internal static SymbolExposure Read(ref SnapshotReader reader, string marginAsset)
    {
        var exposure = new SymbolExposure(reader.ReadString(), marginAsset);
        exposure.Ledger.Read(ref reader);
        exposure.Trades.Read(ref reader);
        exposure.Mark = reader.ReadNullableDecimal();
        exposure.LastPrice = reader.ReadNullableDecimal();
        exposure.Entries = reader.ReadInt32();
        exposure.Strategy = reader.ReadString();
        exposure.TradeNet = reader.ReadDecimal();
        return exposure;
    }
}

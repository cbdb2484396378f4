using Granary.Engine.Market;

namespace Granary.Backtest.Feeds;

/// <summary>Trades up to a time.</summary>
internal sealed class CutTrades(ITradeBlocks blocks, long toMs) : ITradeBlocks
{
    private bool _isOver;

    public bool TryRead(out ReadOnlySpan<AggTrade> trades)
    {
        trades = [];
        if (_isOver || !blocks.TryRead(out var block)) return false;
        var count = 0;
        while (count < block.Length && block[count].TimeMs < toMs) count++;
        _isOver = count < block.Length;
        trades = block[..count];
        return count > 0;
    }

    public void Dispose() => blocks.Dispose();
}

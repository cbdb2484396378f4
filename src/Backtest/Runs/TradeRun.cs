using System.Runtime.CompilerServices;
using Granary.Backtest.Feeds;
using Granary.Engine.Market;

namespace Granary.Backtest.Runs;

/// <summary>A symbol's recorded trades.</summary>
internal sealed class TradeRun : SymbolRun
{
    private readonly ITradeBlocks _blocks;
    private AggTrade[] _buffer = [];
    private int _next;
    private int _count;
    private long _headMs;

    public TradeRun(RunSetup setup, ITradeBlocks blocks)
        : base(setup)
    {
        _blocks = blocks;
        _headMs = Refill() ? _headMs : long.MaxValue;
        while (_headMs < setup.FromMs && Skip())
        {
        }
    }

    public override long HeadMs => _headMs;

    public override void Advance(long limitMs)
    {
        while (_headMs < limitMs)
        {
            var trades = _buffer.AsSpan(_next, _count - _next);
            var i = 0;
            for (; i < trades.Length; i++)
            {
                ref readonly var trade = ref trades[i];
                if (trade.TimeMs >= limitMs) break;
                Process(trade);
            }
            _next += i;
            TradeCount += i;
            if (i > 0) LastMs = trades[i - 1].TimeMs;
            if (_next < _count) _headMs = HeadOf(_buffer[_next].TimeMs);
            else if (!Refill()) _headMs = long.MaxValue;
        }
    }

    public override void Dispose() => _blocks.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refill()
    {
        while (_blocks.TryRead(out var block))
        {
            if (block.IsEmpty) continue;
            if (_buffer.Length < block.Length) _buffer = new AggTrade[block.Length];
            block.CopyTo(_buffer);
            (_next, _count) = (0, block.Length);
            _headMs = HeadOf(_buffer[0].TimeMs);
            return true;
        }
        return false;
    }

    private bool Skip()
    {
        if (++_next < _count) _headMs = HeadOf(_buffer[_next].TimeMs);
        else if (!Refill()) _headMs = long.MaxValue;
        return true;
    }

    private long HeadOf(long timeMs) => timeMs < Setup.ToMs ? timeMs : long.MaxValue;
}

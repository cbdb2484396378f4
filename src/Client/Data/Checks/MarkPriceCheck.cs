using Granary.Engine.Market;

namespace Granary.Client.Data.Checks;

/// <summary>Checks mark prices: times must rise.</summary>
internal sealed class MarkPriceCheck(FindingLog log) : RowVisitor
{
    private readonly SilenceCheck _silence = new(log);
    private long _before = long.MinValue;

    public override void Visit(in MarkPrice mark, long line)
    {
        var (time, before) = (mark.TimeMs, _before);
        _silence.Add(time, line);
        if (time < before) log.Add(FindingKind.TimeReversed, line, FormattableString.Invariant($"{time} after {before}"));
        _before = Math.Max(before, time);
    }

    public override void Finish() => _silence.Finish();
}

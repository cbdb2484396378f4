using Granary.Tape;

namespace Granary.Client.Data.Checks;

/// <summary>Checks funding settlements of one symbol after the other: gaps, and changes of the interval.</summary>
internal sealed class FundingCheck(FindingLog log) : RowVisitor
{
    private const long HourMs = 3_600_000;
    private const int IntervalHoursMax = 8;

    private readonly HashSet<string> _symbols = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private string _symbol = "";
    private long _before, _hours;

    public override void Visit(in FundingRow row, long line)
    {
        var (symbol, time) = (row.Symbol, row.Funding.TimeMs);
        if (symbol != _symbol || _symbols.Count == 0)
        {
            if (!_symbols.Add(symbol)) log.Add(FindingKind.TimeReversed, line, $"{symbol} begins again");
            (_symbol, _before, _hours) = (symbol, time, 0);
            return;
        }
        if (time <= _before)
        {
            var before = _before;
            log.Add(time == _before ? FindingKind.CandleRepeated : FindingKind.TimeReversed, line, FormattableString.Invariant($"{symbol} {time} after {before}"));
            return;
        }
        // Settlements are stamped a few milliseconds after the hour.
        var hours = (time - _before + (HourMs / 2)) / HourMs;
        _before = time;
        if (hours > (row.IntervalHours ?? IntervalHoursMax))
        {
            log.Add(FindingKind.FundingGap, line, FormattableString.Invariant($"{symbol} {hours} h before {DataText.Time(time)}"));
            return;
        }
        if (_hours > 0 && hours != _hours)
        {
            var earlier = _hours;
            _changed.Add(symbol);
            log.Add(FindingKind.FundingIntervalChange, line, FormattableString.Invariant($"{symbol} {earlier} h to {hours} h at {DataText.Time(time)}"));
        }
        _hours = hours;
    }

    public override void Finish()
    {
        if (_changed.Count > 0) log.Describe(FindingKind.FundingIntervalChange, string.Join(' ', _changed.Order(StringComparer.Ordinal)));
    }
}

using Granary.Client.Views;

namespace Granary.Client.Data.Checks;

/// <summary>The longest time without a row, and times that go back.</summary>
internal sealed class SilenceCheck(FindingLog log)
{
    private long _before, _longest, _line;
    private bool _hasBefore;

    public void Add(long timeMs, long line)
    {
        if (_hasBefore && timeMs < _before)
        {
            var before = _before;
            log.Add(FindingKind.TimeReversed, line, FormattableString.Invariant($"{timeMs} after {before}"));
        }
        else if (_hasBefore && timeMs - _before > _longest) (_longest, _line) = (timeMs - _before, line);
        // Against the latest time of all: one row that lies far back makes one finding, not one with each row after it.
        _before = _hasBefore ? Math.Max(_before, timeMs) : timeMs;
        _hasBefore = true;
    }

    public void Finish()
    {
        if (_longest > 0) log.Set(FindingKind.Silence, 1, Format.Age(_longest), [new FindingPlace(_line, FormattableString.Invariant($"{_longest} ms before this line"))]);
    }
}

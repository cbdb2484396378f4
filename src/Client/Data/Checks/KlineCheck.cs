using Granary.Client.Views;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Client.Data.Checks;

/// <summary>Checks candles: missing ones, their four prices, their volumes, and whether the contract is alive.</summary>
internal sealed class KlineCheck(FindingLog log, TapeLayout layout) : RowVisitor
{
    private const long DayMs = 86_400_000;

    /// <summary>Published volumes are rounded.</summary>
    private const decimal Rounding = 0.000001m;

    private string _symbol = "";
    private Kline _before;
    private bool _hasBefore;
    private long _stepMs, _rows, _missing, _flatRun, _flatRunMax, _flatRunLine, _flatRunMaxLine;

    private bool HasVolume => layout != TapeLayout.Ohlc;

    private bool HasTakers => layout == TapeLayout.Klines;

    public override void Begin(long stepMs) => _stepMs = stepMs;

    public override void Visit(in KlineRow row, long line)
    {
        if (_hasBefore && row.Symbol != _symbol) FinishSymbol();
        _symbol = row.Symbol;
        var kline = row.Kline;
        _rows++;
        if (kline.High < Math.Max(kline.Open, Math.Max(kline.Close, kline.Low)) || kline.Low > Math.Min(kline.Open, Math.Min(kline.Close, kline.High)))
            log.Add(FindingKind.OhlcInconsistent, line, Describe(kline));
        if (HasVolume) CheckVolumes(kline, line);
        if (_hasBefore)
        {
            CheckStep(kline, line);
            var before = _before.Close;
            if (kline.Close > 2 * before || before > 2 * kline.Close)
                log.Add(FindingKind.PriceJump, line, $"close {Format.Number(kline.Close)} after {Format.Number(before)}");
        }
        CountFlat(kline, line);
        if (!_hasBefore || kline.OpenTimeMs > _before.OpenTimeMs) _before = kline;
        _hasBefore = true;
    }

    public override void Finish()
    {
        FinishSymbol();
        if (_missing > 0) log.Describe(FindingKind.CandleMissing, $"{Format.Count(_missing)} candles missing");
    }

    private static string Describe(Kline kline) =>
        $"open {Format.Number(kline.Open)} high {Format.Number(kline.High)} low {Format.Number(kline.Low)} close {Format.Number(kline.Close)}";

    private void CheckVolumes(Kline kline, long line)
    {
        if (kline.Volume == 0) log.Add(FindingKind.ZeroVolume, line, DataText.Time(kline.OpenTimeMs));
        if (!HasTakers) return;
        if (kline.TakerBuyVolume > kline.Volume || kline.TakerBuyQuoteVolume > kline.QuoteVolume)
            log.Add(FindingKind.TakerAboveVolume, line, $"taker {Format.Number(kline.TakerBuyVolume)} of {Format.Number(kline.Volume)}");
        if (IsQuoteOff(kline))
        {
            log.Add(
                FindingKind.QuoteVolumeOff, line,
                $"quote volume {Format.Number(kline.QuoteVolume)}, volume {Format.Number(kline.Volume)}, {Format.Number(kline.Low)} to {Format.Number(kline.High)}");
        }
    }

    // In doubles: the product of two published decimals may have more digits than a decimal, and the rounding allowed is far above a double's.
    private static bool IsQuoteOff(in Kline kline)
    {
        var (volume, quote, slack) = ((double)kline.Volume, (double)kline.QuoteVolume, (double)Rounding);
        return quote < (double)kline.Low * volume * (1 - slack) - slack || quote > ((double)kline.High * volume * (1 + slack)) + slack;
    }

    private void CheckStep(Kline kline, long line)
    {
        var (step, before) = (_stepMs, _before.OpenTimeMs);
        var passed = kline.OpenTimeMs - before;
        if (passed == step) return;
        if (passed == 0) log.Add(FindingKind.CandleRepeated, line, DataText.Time(kline.OpenTimeMs));
        else if (passed < 0) log.Add(FindingKind.TimeReversed, line, FormattableString.Invariant($"{kline.OpenTimeMs} after {before}"));
        else if (step > 0 && passed % step == 0)
        {
            _missing += (passed / step) - 1;
            log.Add(FindingKind.CandleMissing, line, FormattableString.Invariant($"{(passed / step) - 1} missing before {DataText.Time(kline.OpenTimeMs)}"));
        }
        else log.Add(FindingKind.CandleMisaligned, line, FormattableString.Invariant($"{passed} ms after the one before"));
    }

    private void CountFlat(in Kline kline, long line)
    {
        var isFlat = kline.High == kline.Low && (!HasVolume || kline.Volume == 0) && (!_hasBefore || kline.Close == _before.Close);
        if (!isFlat)
        {
            _flatRun = 0;
            return;
        }
        if (_flatRun++ == 0) _flatRunLine = line;
        if (_flatRun > _flatRunMax) (_flatRunMax, _flatRunMaxLine) = (_flatRun, _flatRunLine);
    }

    private void FinishSymbol()
    {
        if (_rows == 0) return;
        if (_flatRun == _rows && _rows > 1)
            log.Add(FindingKind.FlatContract, 0, $"{_symbol} {Format.Count(_rows)} candles, none traded".Trim());
        else if (_flatRun > 1 && _flatRun * _stepMs >= DayMs) log.Add(FindingKind.FlatEnd, _flatRunLine, $"{_symbol} {Format.Count(_flatRun)} candles".Trim());
        if (_flatRunMax > 1 && _flatRunMax < _rows)
            log.Add(FindingKind.FlatSpell, _flatRunMaxLine, $"{_symbol} {Format.Count(_flatRunMax)} candles from this line on".Trim());
        (_hasBefore, _rows, _flatRun, _flatRunMax) = (false, 0, 0, 0);
    }
}

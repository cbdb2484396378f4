using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>What the market trades: whether an order is large against it, and how its slices follow it.</summary>
public sealed partial class ExecutionGrain
{
    /// <summary>Time between two snapshots of the volume curve, milliseconds.</summary>
    private const long CurveSaveMs = 3_600_000;

    private RecentVolume _traded = null!;
    private IntradayVolumeCurve _curve = null!;
    private decimal? _tradedTold;
    private long _tradedSinceMs;
    private long _tradedMs;
    private long _curveSavedMs;

    private string CurveOwner => $"{Owner}/volume";

    /// <summary>Base units that the market traded lately; null until it has been heard for long enough.</summary>
    private decimal? RecentlyTraded =>
        _tradedTold is not null && NowMs - _tradedSinceMs >= _settings.Placement.Slicing.RecentMs ? _traded.Sum(NowMs) : null;

    private async Task LoadVolumeAsync(CancellationToken cancellationToken)
    {
        _traded = new RecentVolume(_settings.Placement.Slicing.RecentMs);
        _curve = new IntradayVolumeCurve(new VolumeCurveOptions());
        _curveSavedMs = NowMs;
        if (await _journal.Reader.GetSnapshotAsync(CurveOwner, cancellationToken) is not { } snapshot) return;
        try
        {
            var reader = new SnapshotReader(snapshot.Bytes);
            _curve = IntradayVolumeCurve.Read(ref reader, new VolumeCurveOptions());

            // What the market traded since is not known: a hole, not silence.
            _tradedMs = snapshot.TimeMs;
        }
        catch (InvalidDataException e)
        {
            LogCurveRefused(_account, _symbol, e.Message);
        }
    }

    /// <summary>Takes the running total; where it does not go on from what was heard, the symbol began anew, and nothing is known of the time between.</summary>
    private void TakeTraded(decimal total)
    {
        var now = NowMs;
        if (_tradedTold is { } before && total >= before && now >= _tradedMs)
        {
            var quantityE8 = (long)Math.Min((total - before) * Fixed8.One, long.MaxValue / 2);
            _traded.Add(now, quantityE8);
            _curve.OnBar(_tradedMs, Math.Min(Math.Max(_tradedMs, now - 1), _tradedMs + VolumeCurveOptions.DayMs - 1), quantityE8);
            foreach (var working in _working.Values) working.OnTraded(now, quantityE8);
        }
        else
        {
            if (_tradedMs > 0 && now > _tradedMs) _curve.OnGap(_tradedMs, now);
            _traded = new RecentVolume(_settings.Placement.Slicing.RecentMs);
            _tradedSinceMs = now;
        }

        (_tradedTold, _tradedMs) = (total, now);
        if (now - _curveSavedMs < CurveSaveMs) return;
        _curveSavedMs = now;
        var writer = new SnapshotWriter();
        _curve.Write(writer);
        Run(SaveCurveAsync(new SnapshotRecord(CurveOwner, writer.ToArray(), now)));
    }

    private async Task SaveCurveAsync(SnapshotRecord record)
    {
        try
        {
            await _journal.EnqueueAsync([record], null);
        }
        catch (JournalException e)
        {
            // It is learned again, and the next hour tries anew.
            LogCurveRefused(_account, _symbol, e.Message);
        }
    }

    /// <summary>The schedule of an order that is large against what the market trades; null for others.</summary>
    private SliceSchedule? Slice(Order order, decimal price)
    {
        if (_catalog.Find(_symbol) is not { } rules) return null;
        var request = order.Request;
        var seed = ClientOrderId.TryParse(request.ClientOrderId, out var id) ? id.Sequence : 0;
        var plan = SlicingPolicy.Plan(
            _settings.Placement.Slicing, rules, request.Side, request.Quantity, price, RecentlyTraded, NowMs, request.ReduceOnly, request.ReduceOnly, seed);
        return plan is null ? null : new SliceSchedule(plan, _curve);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account}/{Symbol}: the learned volume curve was not used, it is learned anew: {Error}")]
    private partial void LogCurveRefused(string account, string symbol, string error);
}

using Granary.Engine.Orders;
using Granary.Engine.Protection;

namespace Granary.Engine.Tests.Protection;

/// <summary>One long position with its stops, and a venue that answers, forgets to answer, refuses, and repeats itself late; from a seed.</summary>
internal sealed class StopLife(int seed)
{
    private readonly Random _random = new(seed);
    private readonly ProtectiveStops _stops = new("g", "main");
    private readonly Dictionary<string, TriggerOrderReport> _venue = [];
    private readonly List<TriggerOrderReport> _told = [];
    private StopTarget? _target;
    private long _nowMs = 1;
    private int _positions;
    private decimal? _protectedAt;

    public void Step()
    {
        _nowMs += _random.Next(1, 500);
        switch (_random.Next(10))
        {
            case 0 when _target is null:
                _target = new StopTarget($"g/main/momentum/{++_positions}", OrderSide.Sell, _random.Next(80, 100), _random.Next(1, 5));
                _protectedAt = null;
                break;
            case 0 when _random.Next(4) == 0:
                _target = null;
                _protectedAt = null;
                break;
            case 1 when _target is not null:
                _target = _target with { TriggerPrice = _target.TriggerPrice + _random.Next(-3, 4) };
                break;
            case 2 when _target is not null:
                _target = _target with { Size = _random.Next(1, 6) };
                break;
            case 3 when _told.Count > 0:
                _stops.OnReport(_told[_random.Next(_told.Count)], _nowMs);
                break;
            case 4:
                List();
                break;
            case 5:
                foreach (var stop in _stops.Live) Ask(stop);
                break;
        }
        Carry(_stops.Plan(_target, _target is null, _nowMs), isKind: false);
        Check();
    }

    /// <summary>The venue answers everything from now on; then books and venue must agree.</summary>
    public void Settle()
    {
        for (var i = 0; i < 20; i++)
        {
            _nowMs += 100_000;
            List();
            foreach (var stop in _stops.Live) Ask(stop);
            Carry(_stops.Plan(_target, _target is null, _nowMs), isKind: true);
            Check();
        }
        var waiting = _venue.Values.Where(report => report.Status == TriggerOrderStatus.Waiting).ToList();
        if (_target is null)
        {
            waiting.ShouldBeEmpty($"seed {seed}: flat");
            return;
        }
        waiting.Count.ShouldBe(1, $"seed {seed}: {string.Join(", ", waiting)}");
        waiting[0].TriggerPrice.ShouldBeGreaterThanOrEqualTo(_target.TriggerPrice);
        (waiting[0].Quantity ?? _target.Size).ShouldBeGreaterThanOrEqualTo(_target.Size);
    }

    private void Carry(StopPlan plan, bool isKind)
    {
        if (plan.Place is { } stop)
        {
            plan.Cancel.ShouldBeEmpty("one step at a time");
            var fate = isKind ? 0 : _random.Next(6);
            var isTaken = stop.Quantity is null && _venue.Values.Any(r => r.Status == TriggerOrderStatus.Waiting && r.Quantity is null);
            if (isTaken) _stops.OnRefused(stop.ClientId, StopRefusal.CloseTaken, "taken", _nowMs, 100);
            else if (fate == 1) _stops.OnRefused(stop.ClientId, StopRefusal.Unsupported, "no", _nowMs, 100);
            else if (fate == 2) _stops.OnNotSent(stop.ClientId, _nowMs, 100);
            else
            {
                var report = new TriggerOrderReport(
                    "BTCUSDT", stop.ClientId, _venue.Count + 1, TriggerOrderStatus.Waiting, stop.Side, true, stop.TriggerPrice, stop.Quantity, true, 0, "", _nowMs);
                if (fate != 3) _venue.Add(stop.ClientId, report);
                if (fate != 3) _told.Add(report);
                if (fate is 3 or 4) _stops.OnUnknown(stop.ClientId, _nowMs);
                else _stops.OnReport(report, _nowMs);
            }
        }
        foreach (var id in plan.Cancel)
        {
            _stops.OnCanceling(id, _nowMs);
            var fate = isKind ? 0 : _random.Next(4);
            if (fate == 1) _stops.OnCancelNotSent(id, _nowMs);
            if (fate is 0 or 3) End(id, TriggerOrderStatus.Canceled);
            if (fate == 0) _stops.OnCanceled(id, _nowMs);
        }
    }

    private void End(string id, TriggerOrderStatus status)
    {
        if (!_venue.TryGetValue(id, out var report) || report.Status != TriggerOrderStatus.Waiting) return;
        _told.Add(_venue[id] = report with { Status = status });
    }

    private void List()
    {
        foreach (var report in _venue.Values.Where(report => report.Status == TriggerOrderStatus.Waiting).ToList()) _stops.OnListed(report, _nowMs);
    }

    private void Ask(ProtectiveStop stop)
    {
        if (stop.State == ProtectiveStopState.Pending) return;
        if (_venue.TryGetValue(stop.ClientId, out var report))
        {
            _stops.OnReport(report, _nowMs);
            if (report.Status == TriggerOrderStatus.Waiting && stop.State == ProtectiveStopState.Canceling) _stops.OnCancelNotSent(stop.ClientId, _nowMs);
        }
        else _stops.OnGone(stop.ClientId, _nowMs);
    }

    /// <summary>Once the venue held a stop of the position, it holds one until the position is closed, and never only ones further away.</summary>
    private void Check()
    {
        if (_target is not { } target) return;
        var prices = _venue.Values
            .Where(r => r.Status == TriggerOrderStatus.Waiting && ProtectiveStopId.IsOf(r.ClientId, target.OpeningId)).Select(r => r.TriggerPrice).ToList();
        if (_protectedAt is null && prices.Count == 0) return;
        prices.ShouldNotBeEmpty($"seed {seed}: the position stands without a stop");
        if (_protectedAt is { } before) prices.Max().ShouldBeGreaterThanOrEqualTo(before, $"seed {seed}: the stop went back");
        _protectedAt = prices.Max();
    }
}

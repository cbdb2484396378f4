using Granary.Engine.Execution;
using Granary.Engine.Orders;
using Granary.Venues.Ports;

namespace Granary.Grains.Execution;

/// <summary>
/// The venue's own switch: while orders of ours rest, it is told again and again to wait before it cancels them. It leaves trigger orders alone, so a dead
/// engine's positions keep their stops. What rests of somebody else's in the symbol goes with ours; the venue cannot tell them apart.
/// </summary>
public sealed partial class ExecutionGrain
{
    private const int DeadManRetryMs = 1_000;

    private DeadMansSwitch? _deadMan;
    private bool _isWatched;
    private bool _deadManTold;

    /// <summary>Orders that stay at the venue when nobody looks after them.</summary>
    private bool Rests => _tracker.Live.Any(o =>
        !o.IsExternal && o.Request.Type == OrderType.Limit && o.Request.TimeInForce is TimeInForce.Gtc or TimeInForce.Gtx);

    /// <summary>Sets the watch off when an order rests; it goes on by itself until none does.</summary>
    private void WatchResting()
    {
        if (_deadMan is null || _isWatched || !_deadMan.IsNeeded(Rests)) return;
        _isWatched = true;
        Run(WatchAsync(_deadMan));
    }

    private async Task WatchAsync(DeadMansSwitch deadMan)
    {
        try
        {
            while (deadMan.IsNeeded(Rests))
            {
                if (deadMan.Next(Rests, NowMs) is { } countdownMs) await CountDownAsync(deadMan, countdownMs);
                if (deadMan.IsNeeded(Rests)) await Task.Delay(TimeSpan.FromMilliseconds(DeadManRetryMs), _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Left armed: that is what it is for. The next activation refreshes it with its first resting order.
        }
        finally
        {
            _isWatched = false;
        }
    }

    private async Task CountDownAsync(DeadMansSwitch deadMan, long countdownMs)
    {
        var sentMs = NowMs;
        SymbolAnswer answer;
        try
        {
            answer = await _trading.CountdownCancelAllAsync(_symbol, countdownMs, _stopping.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            answer = new SymbolAnswer(OrderAnswerKind.Unknown, 0, $"{e.GetType().Name}: {e.Message}");
        }

        var isTaken = answer.Kind == OrderAnswerKind.Accepted;
        deadMan.OnAnswer(countdownMs, isTaken, sentMs);
        if (isTaken) _deadManTold = false;
        if (isTaken || _deadManTold) return;
        _deadManTold = true;
        await EnqueueIncidentAsync(
            "DeadMansSwitch", $"the venue did not take a countdown of {countdownMs} ms: {answer.Message}", "it is sent again every second",
            deadMan.FiresAtMs is { } at ? $"orders are cancelled at {at} unless it is taken" : "orders rest without the venue's switch");
    }
}

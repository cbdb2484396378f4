using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Protection;

/// <summary>
/// The protective stops of one account in one symbol at the venue, as a state machine: what rests there, what the position needs, and the one next step from
/// the former to the latter. A position that has a stop is never without one while it is replaced: the new one rests before the old one is cancelled. A stop is
/// never replaced by one further from the market. One for the whole position is preferred, for its quantity follows by itself; because a venue takes only one
/// of those a side, its replacement names its quantity, and the one after that again does not. Events may come in any order and repeatedly.
/// Bound: <see cref="StopsMax"/> stops that are not over; with more, nothing is placed.
/// </summary>
/// <param name="engine">Engine name, part of every id.</param>
/// <param name="account">Account name, part of every id.</param>
public sealed class ProtectiveStops(string engine, string account)
{
    /// <summary>Stops that are not over.</summary>
    public const int StopsMax = 16;

    /// <summary>Stops that are over and remembered, so that late events do not bring them back.</summary>
    public const int OverMax = 64;

    private readonly List<ProtectiveStop> _stops = [];
    private long _number;
    private bool _isCloseTaken;
    private long _retryAtMs;

    /// <summary>Those that may still act at the venue, in the order in which they became known.</summary>
    public IReadOnlyList<ProtectiveStop> Live => [.. _stops.Where(stop => stop.State != ProtectiveStopState.Over)];

    /// <summary>All that are remembered, those that are over included, in the order in which they became known.</summary>
    public IReadOnlyList<ProtectiveStop> All => [.. _stops];

    /// <summary>Whether a client id is that of a stop of this engine and account.</summary>
    public bool IsOwn(string clientId) => ProtectiveStopId.TryParse(clientId, engine, account, out _, out _);

    /// <summary>Why the venue does not hold the stop that the position needs, in words; empty while it does or nothing was refused.</summary>
    public string Complaint { get; private set; } = "";

    /// <summary>What the last refusal meant; null when the last attempt was not refused.</summary>
    public StopRefusal? LastRefusal { get; private set; }

    /// <summary>Finds a stop by its client id; also one that is over.</summary>
    public ProtectiveStop? Find(string clientId) => _stops.Find(stop => stop.ClientId == clientId);

    /// <summary>The stop that protects the position now, or is on its way to; null when there is none.</summary>
    public ProtectiveStop? Current(StopTarget target) => Best(target, stop => stop.State == ProtectiveStopState.Resting)
        ?? Best(target, stop => stop.State is ProtectiveStopState.Triggered) ?? Best(target, stop => stop.MayWait);

    /// <summary>
    /// The next step. A stop to place is filed as pending and its id is used up; carry the step out, report what came of it, and ask again until there is
    /// nothing to do.
    /// </summary>
    /// <param name="target">What the position needs; null when it is flat or nothing is known of how to protect it.</param>
    /// <param name="isFlat">Whether there is no position at all.</param>
    /// <param name="nowMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
    public StopPlan Plan(StopTarget? target, bool isFlat, long nowMs)
    {
        if (target is null)
        {
            if (isFlat) (Complaint, LastRefusal, _retryAtMs, _isCloseTaken) = ("", null, 0, false);

            // A position that cannot be measured keeps the stop that it has: it may be all that is left after a loss of the journal.
            return isFlat ? new StopPlan(null, [.. Resting().Select(stop => stop.ClientId)]) : StopPlan.Nothing;
        }
        var wanted = target with { TriggerPrice = Tightest(target) };
        var good = Best(wanted, stop => IsGood(stop, wanted) && stop.State == ProtectiveStopState.Resting);
        if (good is not null)
        {
            (Complaint, LastRefusal, _retryAtMs) = ("", null, 0);
            return new StopPlan(null, [.. Resting().Where(stop => stop.ClientId != good.ClientId).Select(stop => stop.ClientId)]);
        }

        // One that was set off is an order that reduces; one whose outcome is open may turn out to rest: a second one beside it would be one too many.
        var isOpen = _stops.Exists(stop => stop.Side == wanted.Side && stop.State == ProtectiveStopState.Triggered)
            || _stops.Exists(stop => IsGood(stop, wanted) && stop.State is ProtectiveStopState.Pending or ProtectiveStopState.Unknown);
        if (isOpen || nowMs < _retryAtMs || Live.Count >= StopsMax) return StopPlan.Nothing;
        var closes = !wanted.IsShared && !_isCloseTaken && !_stops.Exists(stop => stop.MayWait && stop.Quantity is null && stop.Side == wanted.Side);
        var place = new ProtectiveStop(
            ProtectiveStopId.Format(wanted.OpeningId, ++_number), wanted.Side, wanted.TriggerPrice, closes ? null : wanted.Size, ProtectiveStopState.Pending, 0,
            nowMs);
        Store(place);
        return new StopPlan(place, []);
    }

    /// <summary>The request left without an answer that tells what became of it.</summary>
    public ProtectiveStop? OnUnknown(string clientId, long nowMs) =>
        Change(clientId, nowMs, stop => stop.State == ProtectiveStopState.Pending, stop => stop with { State = ProtectiveStopState.Unknown });

    /// <summary>The request did not reach the venue: it is tried again after a while, under a new id.</summary>
    public ProtectiveStop? OnNotSent(string clientId, long nowMs, long retryMs)
    {
        _retryAtMs = nowMs + retryMs;
        return End(clientId, nowMs, stop => stop.State == ProtectiveStopState.Pending);
    }

    /// <summary>The venue, or the gate before it, refused the stop.</summary>
    /// <param name="clientId">Which one.</param>
    /// <param name="refusal">What the refusal means.</param>
    /// <param name="message">Why, in words.</param>
    /// <param name="nowMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="retryMs">When to try again, milliseconds from now.</param>
    public ProtectiveStop? OnRefused(string clientId, StopRefusal refusal, string message, long nowMs, long retryMs)
    {
        if (End(clientId, nowMs, stop => stop.State is ProtectiveStopState.Pending or ProtectiveStopState.Unknown) is not { } ended) return null;
        (LastRefusal, Complaint) = (refusal, message);
        if (refusal == StopRefusal.CloseTaken && ended.Quantity is null) _isCloseTaken = true;
        else _retryAtMs = nowMs + retryMs;
        return ended;
    }

    /// <summary>A cancel is about to be sent.</summary>
    public ProtectiveStop? OnCanceling(string clientId, long nowMs) =>
        Change(clientId, nowMs, stop => stop.State == ProtectiveStopState.Resting, stop => stop with { State = ProtectiveStopState.Canceling });

    /// <summary>The venue took the cancel.</summary>
    public ProtectiveStop? OnCanceled(string clientId, long nowMs) => End(clientId, nowMs, stop => stop.MayWait);

    /// <summary>The cancel did not reach the venue: the stop rests as before and is cancelled later.</summary>
    public ProtectiveStop? OnCancelNotSent(string clientId, long nowMs) =>
        Change(clientId, nowMs, stop => stop.State == ProtectiveStopState.Canceling, stop => stop with { State = ProtectiveStopState.Resting });

    /// <summary>The venue does not have it and, as long as it has been asked, never will.</summary>
    public ProtectiveStop? OnGone(string clientId, long nowMs) => End(clientId, nowMs, stop => stop.MayWait);

    /// <summary>
    /// Takes what the venue says of a stop of ours, known or not: an answer, an event, or an entry of its list. One that nobody here remembers, but whose id is
    /// ours, is adopted. Later states stand against earlier ones, whatever comes first.
    /// </summary>
    /// <returns>The stop after it, or null when it is not ours or nothing changed.</returns>
    public ProtectiveStop? OnReport(TriggerOrderReport report, long nowMs)
    {
        if (!report.IsStop || !ProtectiveStopId.TryParse(report.ClientId, engine, account, out _, out var number)) return null;
        _number = Math.Max(_number, number);
        var known = Find(report.ClientId);
        var state = report.Status switch
        {
            TriggerOrderStatus.Waiting => ProtectiveStopState.Resting,
            TriggerOrderStatus.Triggered => ProtectiveStopState.Triggered,
            TriggerOrderStatus.Unknown => known?.State ?? ProtectiveStopState.Unknown,
            _ => ProtectiveStopState.Over,
        };
        if (known is null && state == ProtectiveStopState.Over) return null;
        if (known is not null && !Follows(known.State, state)) return null;
        return Learn(report, known, state, nowMs);
    }

    /// <summary>
    /// Takes an entry of the venue's list of waiting stops, which is newer than whatever was heard before: one that counted as over rests after all, one that
    /// was to be cancelled still does.
    /// </summary>
    /// <returns>The stop after it, or null when it is not ours or nothing changed.</returns>
    public ProtectiveStop? OnListed(TriggerOrderReport report, long nowMs)
    {
        var isOurs = report.IsStop && ProtectiveStopId.TryParse(report.ClientId, engine, account, out _, out _);
        if (!isOurs || Find(report.ClientId) is not { State: ProtectiveStopState.Over or ProtectiveStopState.Canceling } known) return OnReport(report, nowMs);
        return Learn(report, known, ProtectiveStopState.Resting, nowMs);
    }

    /// <summary>An event of the order that a stop became came before any word of the stop itself.</summary>
    public ProtectiveStop? OnTriggered(string clientId, long nowMs) =>
        Change(clientId, nowMs, stop => stop.MayWait, stop => stop with { State = ProtectiveStopState.Triggered });

    /// <summary>The order that a triggered stop became is over: nothing of it acts any more.</summary>
    public ProtectiveStop? OnOrderOver(string clientId, long nowMs) => End(clientId, nowMs, _ => true);

    /// <summary>Puts back a stop as the journal knew it. One without an answer comes back as unknown.</summary>
    public void Restore(ProtectiveStop stop)
    {
        if (ProtectiveStopId.TryParse(stop.ClientId, engine, account, out _, out var number)) _number = Math.Max(_number, number);
        Store(stop.State switch
        {
            ProtectiveStopState.Pending => stop with { State = ProtectiveStopState.Unknown },
            _ => stop,
        });
    }

    /// <summary>Lets the next attempt come at once, for example after the connection is back.</summary>
    public void RetryNow() => _retryAtMs = 0;

    private ProtectiveStop? Learn(TriggerOrderReport report, ProtectiveStop? known, ProtectiveStopState state, long nowMs)
    {
        var price = report.TriggerPrice > 0 ? report.TriggerPrice : known?.TriggerPrice ?? 0;
        var stop = new ProtectiveStop(report.ClientId, report.Side, price, report.Quantity, state, report.VenueId, nowMs);
        if (known is not null && stop == known with { UpdatedMs = nowMs }) return null;
        Store(stop);
        return stop;
    }

    private static bool IsGood(ProtectiveStop stop, StopTarget target) => stop.Side == target.Side
        && (target.IsShared ? stop.Quantity == target.Size : stop.Covers(target.Size))
        && (int)target.Side * (target.TriggerPrice - stop.TriggerPrice) >= 0 && ProtectiveStopId.IsOf(stop.ClientId, target.OpeningId);

    /// <summary>Whether a state may come after another: what is set off or over does not rest again, and an old report undoes no cancel.</summary>
    private static bool Follows(ProtectiveStopState before, ProtectiveStopState after) => before switch
    {
        ProtectiveStopState.Over => false,
        ProtectiveStopState.Triggered => after is ProtectiveStopState.Over,
        ProtectiveStopState.Canceling => after is ProtectiveStopState.Triggered or ProtectiveStopState.Over,
        _ => true,
    };

    private IEnumerable<ProtectiveStop> Resting() => _stops.Where(stop => stop.State == ProtectiveStopState.Resting);

    /// <summary>The target's price, or that of a stop which this position has or may have already, whichever is nearer to the market.</summary>
    private decimal Tightest(StopTarget target)
    {
        var price = target.TriggerPrice;
        foreach (var stop in _stops)
        {
            var isOfPosition = stop.Side == target.Side && stop.MayWait && ProtectiveStopId.IsOf(stop.ClientId, target.OpeningId);
            if (isOfPosition && (int)target.Side * (price - stop.TriggerPrice) > 0) price = stop.TriggerPrice;
        }
        return price;
    }

    /// <summary>Of the stops on the target's side the tightest, of equals the older.</summary>
    private ProtectiveStop? Best(StopTarget target, Func<ProtectiveStop, bool> isMeant)
    {
        ProtectiveStop? best = null;
        foreach (var stop in _stops)
        {
            if (stop.Side != target.Side || !isMeant(stop)) continue;
            if (best is null || (int)target.Side * (best.TriggerPrice - stop.TriggerPrice) > 0) best = stop;
        }
        return best;
    }

    private ProtectiveStop? End(string clientId, long nowMs, Func<ProtectiveStop, bool> applies) =>
        Change(clientId, nowMs, stop => stop.State != ProtectiveStopState.Over && applies(stop), stop => stop with { State = ProtectiveStopState.Over });

    private ProtectiveStop? Change(string clientId, long nowMs, Func<ProtectiveStop, bool> applies, Func<ProtectiveStop, ProtectiveStop> change)
    {
        if (Find(clientId) is not { } stop || !applies(stop)) return null;
        var changed = change(stop) with { UpdatedMs = nowMs };
        Store(changed);
        return changed;
    }

    private void Store(ProtectiveStop stop)
    {
        var at = _stops.FindIndex(other => other.ClientId == stop.ClientId);
        if (at >= 0) _stops[at] = stop;
        else _stops.Add(stop);
        var over = _stops.Count(other => other.State == ProtectiveStopState.Over) - OverMax;
        if (over > 0) _stops.RemoveAt(_stops.FindIndex(other => other.State == ProtectiveStopState.Over));
    }
}

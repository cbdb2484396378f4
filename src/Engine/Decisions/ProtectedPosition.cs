using System.Globalization;
using Granary.Engine.Bars;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Engine.Rules;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Decisions;

/// <summary>
/// An account's position under protection: which trades, bars and signals concern it, when an exit may be asked for, and under which intent id. The live
/// engine and the backtest both hold positions in it. Times are milliseconds since the Unix epoch, UTC. Not safe for concurrent use.
/// </summary>
public sealed class ProtectedPosition
{
    /// <summary>An exit that was approved is not asked for again before this long, unless the position changes; a lost order shows up by then.</summary>
    public const long ExitRepeatMs = 5_000;

    /// <summary>A refused exit is asked for again after this long.</summary>
    public const long RefusedRepeatMs = 50;

    /// <summary>Reason of an exit because the regime is extreme.</summary>
    public const string ExtremeRegime = "ExtremeRegime";

    /// <summary>Reason of an exit because mean reversion got what it waited for.</summary>
    public const string BackAtVwap = "BackAtVwap";

    /// <summary>Reason of an exit because the rule that opened the position asks for it.</summary>
    public const string RuleLeaves = "RuleLeaves";

    private const string ExitPart = "/exit/";
    private const decimal EntryShareMax = 0.000_000_001m;

    private long _askedMs = long.MinValue / 2;
    private long _askedVersion = -1;

    private ProtectedPosition(string account, string openingId, string strategy, long sinceMs, PositionGuard guard)
    {
        Account = account;
        OpeningId = openingId;
        Strategy = strategy;
        SinceMs = sinceMs;
        Guard = guard;
    }

    /// <summary>Account name.</summary>
    public string Account { get; }

    /// <summary>Client order id of the entry.</summary>
    public string OpeningId { get; }

    /// <summary>Who opened it.</summary>
    public string Strategy { get; }

    /// <summary>Market time of the entry's decision: trades and bars from before, fetched again after a restart, do not concern this position.</summary>
    public long SinceMs { get; }

    /// <summary>Its stops.</summary>
    public PositionGuard Guard { get; }

    /// <summary>False for one from a snapshot until execution has told the position again: it may have been closed, and another one opened, since.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>Signed base units.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Version of the position that was told last.</summary>
    public long Version { get; private set; }

    /// <summary>What an exit closes where the account holds more than this position: its size, base units; null for all there is.</summary>
    public decimal? ExitQuantity { get; private set; }

    /// <summary>Why the position must be left whatever its stops say; empty when it need not be.</summary>
    public string ExitReason { get; private set; } = "";

    /// <summary>Number of exits asked for; part of their intent ids, so that a failed one can be asked for again.</summary>
    public int Attempts { get; private set; }

    /// <summary>Whether a position is another one than that under protection, so that its entry's time is needed.</summary>
    public static bool IsOther(ProtectedPosition? before, HeldPosition held)
    {
        ArgumentNullException.ThrowIfNull(held);
        return before?.OpeningId != held.OpeningId;
    }

    /// <summary>
    /// What a told position makes of the protection that stood before: the same one for the same opening, a new one for a new opening or another entry price,
    /// none when the position is flat or not ours to protect (no ATR is known of a foreign one). An older version changes nothing.
    /// </summary>
    /// <param name="before">What stood before, or null.</param>
    /// <param name="held">The position.</param>
    /// <param name="sinceMs">Market time of the entry's decision; used where <see cref="IsOther"/>.</param>
    /// <param name="entrySlope">Slope of the cumulative delta on the last closed bar, or null.</param>
    /// <param name="parameters">Distances and counts of the stops.</param>
    /// <exception cref="ArgumentException">A parameter is out of range, or price or ATR is not above 0 to 10^18.</exception>
    public static ProtectedPosition? Next(ProtectedPosition? before, HeldPosition held, long sinceMs, double? entrySlope, GuardParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(held);
        if (before is not null && held.Version < before.Version) return before;
        if (held.Quantity == 0 || held.Atr is not { } atr || atr <= 0) return null;
        var side = held.Quantity > 0 ? OrderSide.Buy : OrderSide.Sell;
        var isSame = !IsOther(before, held);
        var next = isSame && before!.Guard.Side == side && IsSameEntry(before.Guard.EntryPrice, held.EntryPrice)
            ? before
            : new ProtectedPosition(
                held.Account, held.OpeningId, held.Strategy, isSame ? before!.SinceMs : sinceMs,
                new PositionGuard(side, held.EntryPrice, (decimal)atr, parameters, entrySlope))
            {
                Attempts = isSame ? before!.Attempts : 0,
            };
        next.Quantity = held.Quantity;
        next.Version = held.Version;
        next.ExitQuantity = held.IsShared ? Math.Abs(held.Quantity) : null;
        next.ExitReason = held.ExitReason;
        next.IsConfirmed = true;
        return next;
    }

    /// <summary>
    /// Closing a part leaves the average entry as it was but for the last digits of a division; a trailing stop must not begin anew for those.
    /// </summary>
    private static bool IsSameEntry(decimal before, decimal after) => Math.Abs(after - before) <= EntryShareMax * before;

    /// <summary>The stops on a trade; null when none is reached, or when the trade is older than the position.</summary>
    /// <param name="timeMs">Time of the trade.</param>
    /// <param name="price">Its price, quote units.</param>
    public GuardExit? OnTrade(long timeMs, decimal price) => timeMs < SinceMs ? null : Guard.OnTrade(price);

    /// <summary>The stops on a closed bar; null when none is reached, or when the bar was open before the position was.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="inputs">What it tells protection.</param>
    public GuardExit? OnBar(Bar bar, in GuardBar inputs)
    {
        ArgumentNullException.ThrowIfNull(bar);
        return bar.OpenTimeMs < SinceMs ? null : Guard.OnBar(inputs);
    }

    /// <summary>
    /// Why the signals leave the position at a bar's close (formulas §3.2, §3.4): what the engine's own signals and rules opened is left in an extreme regime,
    /// mean reversion's once the price is back, a rule's when the rule says so. Null when they do not, or when the bar closed before the position was decided.
    /// </summary>
    /// <param name="action">What the signals together ask for.</param>
    /// <param name="reversion">What mean reversion says; null when it was not asked or did not answer.</param>
    /// <param name="rules">What every rule says that was asked and answered.</param>
    /// <param name="bar">The bar.</param>
    public string? SignalExit(SignalAction action, ReversionDecision? reversion, IReadOnlyList<RuleDecision> rules, Bar bar)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(bar);
        if (bar.CloseTimeMs <= SinceMs) return null;
        RuleDecision? own = null;
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Rule == Strategy) own = rules[i];
        }

        if (own is null && Strategy is not (SignalNames.Momentum or SignalNames.Reversion)) return null;
        if (action == SignalAction.ForceFlat) return ExtremeRegime;
        if (own?.Leave == true) return RuleLeaves;
        return Strategy == SignalNames.Reversion && reversion?.Exit == true ? BackAtVwap : null;
    }

    /// <summary>Whether an exit may be asked for now; takes note that it is.</summary>
    /// <param name="nowMs">The clock that repeats are measured by: the engine's own live, the market's in a backtest.</param>
    public bool TryAsk(long nowMs)
    {
        if (_askedVersion == Version && nowMs - _askedMs < ExitRepeatMs) return false;
        _askedVersion = Version;
        _askedMs = nowMs;
        Attempts++;
        return true;
    }

    /// <summary>Risk refused: it may not have heard of the fill yet, or another exit is under way. Asked again soon.</summary>
    /// <param name="nowMs">As for <see cref="TryAsk"/>.</param>
    public void Refused(long nowMs) => _askedMs = nowMs - ExitRepeatMs + RefusedRepeatMs;

    /// <summary>The proposal of an exit that may be asked for.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="life">
    /// Number of the asker's life: one that lost count of its attempts never repeats the intent of an order that was made before.
    /// </param>
    /// <param name="price">Price that it was decided on, quote units.</param>
    /// <param name="marketTimeMs">Market time of the decision.</param>
    /// <param name="barIndex">Index of the running bar.</param>
    /// <param name="why">For the operator and the statistics.</param>
    public Proposal Exit(string symbol, long life, decimal price, long marketTimeMs, long barIndex, string why) => new(
        Account, symbol, Strategy, string.Create(CultureInfo.InvariantCulture, $"{Strategy}/{symbol}/{OpeningId}{ExitPart}{Version}-{life}.{Attempts}"),
        ProposalKind.Exit, Guard.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy, 1, null, price, marketTimeMs, barIndex, ExitQuantity, why);

    /// <summary>The opening that an exit's intent is about.</summary>
    /// <param name="intentId">Any intent id.</param>
    /// <returns>Client order id of the entry; null for an intent that is not of <see cref="Exit"/>.</returns>
    public static string? OpeningOf(string intentId)
    {
        ArgumentNullException.ThrowIfNull(intentId);
        var strategy = intentId.IndexOf('/', StringComparison.Ordinal);
        var symbol = strategy < 0 ? -1 : intentId.IndexOf('/', strategy + 1);
        var exit = intentId.LastIndexOf(ExitPart, StringComparison.Ordinal);
        return symbol >= 0 && exit > symbol ? intentId[(symbol + 1)..exit] : null;
    }

    /// <summary>Writes the state. When an exit was last asked for is not part of it: after a restart it may be asked for at once.</summary>
    public void Write(SnapshotWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section("guarded", 2);
        writer.Write(Account);
        writer.Write(OpeningId);
        writer.Write(Strategy);
        writer.Write(SinceMs);
        writer.Write(Quantity);
        writer.Write(Version);
        writer.Write(Attempts);
        Guard.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; the position is not confirmed.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="parameters">Distances and counts of the stops.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public static ProtectedPosition Read(ref SnapshotReader reader, GuardParameters parameters)
    {
        var layout = reader.Section("guarded", 2);
        var account = reader.ReadString();
        var openingId = reader.ReadString();
        var strategy = reader.ReadString();
        var sinceMs = layout >= 2 ? reader.ReadInt64() : 0;
        var quantity = reader.ReadDecimal();
        var version = reader.ReadInt64();
        var attempts = reader.ReadInt32();
        return new ProtectedPosition(account, openingId, strategy, sinceMs, PositionGuard.Read(ref reader, parameters))
        {
            Quantity = quantity,
            Version = version,
            Attempts = attempts,
        };
    }
}

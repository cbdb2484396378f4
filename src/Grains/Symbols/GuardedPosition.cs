using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Snapshots;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Grains.Symbols;

/// <summary>The protection of one account's position in the symbol, and what was last asked of risk about it.</summary>
internal sealed class GuardedPosition
{
    /// <summary>An exit that was approved is not asked for again before this long, unless the position changes; a lost order shows up by then.</summary>
    private const long ExitRepeatMs = 5_000;

    private const long RefusedRepeatMs = 50;

    private long _askedMs = long.MinValue / 2;
    private long _askedVersion = -1;

    private GuardedPosition(string account, string openingId, string strategy, long sinceMs, PositionGuard guard)
    {
        Account = account;
        OpeningId = openingId;
        Strategy = strategy;
        SinceMs = sinceMs;
        Guard = guard;
    }

    public string Account { get; }

    /// <summary>Client order id of the entry.</summary>
    public string OpeningId { get; }

    public string Strategy { get; }

    /// <summary>Market time of the entry's decision: trades and bars from before, fetched again after a restart, do not concern this position.</summary>
    public long SinceMs { get; }

    public PositionGuard Guard { get; }

    /// <summary>False for one from a snapshot until execution has told the position again: it may have been closed, and another one opened, since.</summary>
    public bool IsConfirmed { get; private set; }

    public decimal Quantity { get; private set; }

    public long Version { get; private set; }

    /// <summary>What an exit closes where the account holds more than this position: its size, base units; null for all there is.</summary>
    public decimal? ExitQuantity { get; private set; }

    /// <summary>Why the position must be left whatever its stops say; empty when it need not be.</summary>
    public string ExitReason { get; private set; } = "";

    /// <summary>Number of exits asked for; part of their intent ids, so that a failed one can be asked for again.</summary>
    public int Attempts { get; private set; }

    /// <summary>Whether the notice is of a position that this is not the protection of, so that its entry's time is needed.</summary>
    public static bool IsOther(GuardedPosition? before, PositionNotice notice) => before?.OpeningId != notice.OpeningId;

    /// <summary>
    /// What the notice makes of the protection that stood before: the same one for the same opening, a new one for a new opening, none when the position
    /// is flat or not ours to protect (no ATR is known of an EXTERNAL one).
    /// </summary>
    public static GuardedPosition? Next(GuardedPosition? before, PositionNotice notice, long sinceMs, double? entrySlope, GuardParameters parameters)
    {
        if (before is not null && notice.Version < before.Version) return before;
        if (notice.Quantity == 0 || notice.Atr is not { } atr || atr <= 0) return null;
        var side = notice.Quantity > 0 ? OrderSide.Buy : OrderSide.Sell;
        var isSame = !IsOther(before, notice);
        var next = isSame && before!.Guard.Side == side && before.Guard.EntryPrice == notice.EntryPrice
            ? before
            : new GuardedPosition(
                notice.Account, notice.OpeningId, notice.Strategy, isSame ? before!.SinceMs : sinceMs,
                new PositionGuard(side, notice.EntryPrice, (decimal)atr, parameters, entrySlope))
            {
                Attempts = isSame ? before!.Attempts : 0,
            };
        next.Quantity = notice.Quantity;
        next.Version = notice.Version;
        next.ExitQuantity = notice.IsShared ? Math.Abs(notice.Quantity) : null;
        next.ExitReason = notice.ExitReason;
        next.IsConfirmed = true;
        return next;
    }

    /// <summary>Whether an exit may be asked for now; takes note that it is.</summary>
    public bool TryAsk(long nowMs)
    {
        if (_askedVersion == Version && nowMs - _askedMs < ExitRepeatMs) return false;
        _askedVersion = Version;
        _askedMs = nowMs;
        Attempts++;
        return true;
    }

    /// <summary>Risk refused: it may not have heard of the fill yet, or another exit is under way. Asked again soon.</summary>
    public void Refused(long nowMs) => _askedMs = nowMs - ExitRepeatMs + RefusedRepeatMs;

    public void Write(SnapshotWriter writer)
    {
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

    public static GuardedPosition Read(ref SnapshotReader reader, GuardParameters parameters)
    {
        var layout = reader.Section("guarded", 2);
        var account = reader.ReadString();
        var openingId = reader.ReadString();
        var strategy = reader.ReadString();
        var sinceMs = layout >= 2 ? reader.ReadInt64() : 0;
        var quantity = reader.ReadDecimal();
        var version = reader.ReadInt64();
        var attempts = reader.ReadInt32();
        return new GuardedPosition(account, openingId, strategy, sinceMs, PositionGuard.Read(ref reader, parameters))
        {
            Quantity = quantity,
            Version = version,
            Attempts = attempts,
        };
    }
}

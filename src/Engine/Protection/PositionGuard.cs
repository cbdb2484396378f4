using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Protection;

/// <summary>
/// Protection of one position (formulas §4.3), with entry price E, ATR frozen at entry, d = +1 long / -1 short. L1 at E - d * 1.5 ATR, or at E * (1 - d * 2 %)
/// where a share of the price is configured (§11.1), never moved.
/// Trailing stop from E + d * 1.0 ATR on, 0.8 ATR behind the best price, 1.2 ATR on a bar whose cumulative delta accelerates our way (so it may move back
/// by 0.4 ATR). L2: flow against us on 3 consecutive bars. L3: held 500 bars without activation.
/// Within a bar: the stops as known at its start (through at the open fills at the open, touched fills at the stop), then best price and distance, then L2
/// and L3 at the close. A stop raised by a bar's high is therefore never hit by the same bar's low.
/// It keeps asking for the exit until it is dropped: a lost exit order is asked for again.
/// </summary>
public sealed class PositionGuard
{
    // Prices and distances beyond this are damage; below it no product of theirs leaves the range of decimal.
    private const decimal MagnitudeMax = 1_000_000_000_000_000_000m;

    private readonly GuardParameters _parameters;
    private readonly int _direction;
    private double? _slopeBefore;

    /// <summary>Starts guarding.</summary>
    /// <param name="side">Buy for a long position, sell for a short one.</param>
    /// <param name="entryPrice">Average entry price in quote units, above 0.</param>
    /// <param name="atr">ATR at the entry, quote units per base unit, above 0.</param>
    /// <param name="parameters">Distances and counts.</param>
    /// <param name="entrySlope">Slope of the cumulative delta on the entry bar, when known; acceleration needs a bar before.</param>
    /// <exception cref="ArgumentException">A parameter is out of range, or price or ATR is not above 0 to 10^18.</exception>
    public PositionGuard(OrderSide side, decimal entryPrice, decimal atr, GuardParameters parameters, double? entrySlope = null)
        : this(side, entryPrice, atr, 0, parameters)
    {
        Require(entryPrice is > 0 and <= MagnitudeMax, nameof(entryPrice), entryPrice);
        Require(atr is > 0 and <= MagnitudeMax, nameof(atr), atr);
        parameters.Validate();
        _slopeBefore = entrySlope;
        Best = entryPrice;
        HardStop = entryPrice - (_direction * (parameters.StopPriceShare is { } share ? share * entryPrice : parameters.StopAtrMultiple * atr));
    }

    private PositionGuard(OrderSide side, decimal entryPrice, decimal atr, decimal hardStop, GuardParameters parameters)
    {
        _parameters = parameters;
        _direction = (int)side;
        Side = side;
        EntryPrice = entryPrice;
        Atr = atr;
        HardStop = hardStop;
    }

    /// <summary>Buy for a long position, sell for a short one.</summary>
    public OrderSide Side { get; }

    /// <summary>Average entry price, quote units.</summary>
    public decimal EntryPrice { get; }

    /// <summary>ATR at the entry.</summary>
    public decimal Atr { get; }

    /// <summary>L1, quote units; constant. A long position's may be 0 or negative when the ATR is huge; it then never fires.</summary>
    public decimal HardStop { get; }

    /// <summary>Best price of the completed bars since entry, or the entry price.</summary>
    public decimal Best { get; private set; }

    /// <summary>Whether the trailing stop has been activated; it stays so.</summary>
    public bool TrailingActive { get; private set; }

    /// <summary>The trailing stop as of the last completed bar, or null before activation.</summary>
    public decimal? TrailingStop { get; private set; }

    /// <summary>Consecutive bars with the flow against the position.</summary>
    public int FlowCount { get; private set; }

    /// <summary>Completed bars since entry; the entry bar does not count.</summary>
    public int BarsHeld { get; private set; }

    /// <summary>The tighter of the hard stop and the trailing stop.</summary>
    public decimal Stop => TrailingStop is { } trail && _direction * trail > _direction * HardStop ? trail : HardStop;

    /// <summary>
    /// The tightest price that no stop of this guard will ever fall behind again: the hard stop, or the trailing stop at its widest distance. It never moves
    /// away from the market, so it may rest at the venue without ending a position that this guard would have kept.
    /// </summary>
    public decimal RestingStop
    {
        get
        {
            var widest = Best - (_direction * _parameters.TrailWideAtrMultiple * Atr);
            return TrailingActive && _direction * widest > _direction * HardStop ? widest : HardStop;
        }
    }

    /// <summary>Checks one trade against the stops as of the last completed bar. Changes nothing.</summary>
    /// <param name="price">Price of the trade, quote units.</param>
    /// <returns>The exit, or null.</returns>
    public GuardExit? OnTrade(decimal price) => _direction * price <= _direction * Stop ? new GuardExit(StopReason(), price) : null;

    /// <summary>Takes a completed bar that began after the entry.</summary>
    /// <returns>The exit and its price, or null. On a stop the state stays as it was before the bar.</returns>
    public GuardExit? OnBar(in GuardBar bar)
    {
        BarsHeld++;
        if (OnTrade(bar.Open) is { } atOpen) return atOpen;
        if (OnTrade(_direction > 0 ? bar.Low : bar.High) is { } touched) return touched with { Price = Stop };

        var best = _direction > 0 ? bar.High : bar.Low;
        if (_direction * best > _direction * Best) Best = best;
        if (_direction * (Best - EntryPrice) >= _parameters.TrailActivationAtrMultiple * Atr) TrailingActive = true;
        var accelerating = bar.DeltaSlope is { } slope && _slopeBefore is { } before
            && _direction * slope > 0 && _direction * slope > _direction * before;
        _slopeBefore = bar.DeltaSlope;
        if (TrailingActive)
            TrailingStop = Best - (_direction * (accelerating ? _parameters.TrailWideAtrMultiple : _parameters.TrailAtrMultiple) * Atr);

        FlowCount = bar.EmaOfi is { } ema && _direction * ema < -_parameters.FlowExitLevel ? FlowCount + 1 : 0;
        if (FlowCount >= _parameters.FlowExitBars) return new GuardExit(ExitReason.FlowReversal, bar.Close);
        if (BarsHeld >= _parameters.HoldingBarsMax && (!TrailingActive || _parameters.HoldingEndsTrailing))
            return new GuardExit(ExitReason.HoldingTime, bar.Close);
        return null;
    }

    /// <summary>Writes the state; the parameters are configuration and are not written.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("guard", 1);
        writer.Write((int)Side);
        writer.Write(EntryPrice);
        writer.Write(Atr);
        writer.Write(HardStop);
        writer.Write(Best);
        writer.Write(TrailingActive);
        writer.WriteNullable(TrailingStop);
        writer.Write(FlowCount);
        writer.Write(BarsHeld);
        writer.WriteNullable(_slopeBefore);
    }

    /// <summary>Restores a guard. The hard stop is the one of the snapshot, also when the configured distance has changed since: it never moves.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    /// <exception cref="ArgumentException">A parameter is out of range; the message names it.</exception>
    public static PositionGuard Read(ref SnapshotReader reader, GuardParameters parameters)
    {
        parameters.Validate();
        reader.Section("guard", 1);
        var side = (OrderSide)reader.ReadInt32();
        if (side is not (OrderSide.Buy or OrderSide.Sell)) throw new InvalidDataException($"guard snapshot has side {(int)side}");
        var guard = new PositionGuard(side, reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), parameters)
        {
            Best = reader.ReadDecimal(),
            TrailingActive = reader.ReadBoolean(),
            TrailingStop = reader.ReadNullableDecimal(),
            FlowCount = reader.ReadInt32(),
            BarsHeld = reader.ReadInt32(),
            _slopeBefore = reader.ReadNullableDouble(),
        };
        return guard.IsPlausible() ? guard : throw new InvalidDataException("guard snapshot is damaged: its values contradict each other");
    }

    private bool IsPlausible() =>
        EntryPrice is > 0 and <= MagnitudeMax && Atr is > 0 and <= MagnitudeMax && Best is > 0 and <= MagnitudeMax
        && _direction * HardStop < _direction * EntryPrice && _direction * Best >= _direction * EntryPrice
        && FlowCount >= 0 && BarsHeld >= FlowCount && TrailingActive == TrailingStop.HasValue
        && (TrailingStop is not { } trail || _direction * trail < _direction * Best);

    private ExitReason StopReason() => Stop == HardStop ? ExitReason.HardStop : ExitReason.TrailingStop;

    private static void Require(bool isRight, string name, decimal value)
    {
        if (!isRight) throw new ArgumentOutOfRangeException(name, value, "expected above 0 to 10^18");
    }
}

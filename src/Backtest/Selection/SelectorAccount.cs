using System.Globalization;
using Granary.Backtest.Results;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>The account of one variant: positions, wallet and what is counted of them. Marked at the end of every candle.</summary>
internal sealed class SelectorAccount(decimal cash, SelectorCosts costs) : IDisposable
{
    private const int PriceDecimals = 8;

    private readonly SortedDictionary<string, LegPosition> _positions = new(StringComparer.Ordinal);
    private readonly Leg _longs = new(), _shorts = new();
    private decimal _wallet = cash;
    private decimal _feesPaid;
    private Leg _longsBefore = new(), _shortsBefore = new();

    public RunJournal Journal { get; } = new(cash, null);

    public List<SelectorHour> Hours { get; } = [];

    public List<FillMarket> Markets { get; } = [];

    public decimal Equity => _wallet + _positions.Values.Sum(position => position.UnrealizedPnl);

    public LegTotals Longs => _longs.ToTotals(SelectionSide.Long);

    public LegTotals Shorts => _shorts.ToTotals(SelectionSide.Short);

    /// <summary>What is held, by symbol.</summary>
    public IReadOnlyList<HeldPosition> Held() =>
        [.. _positions.Where(pair => pair.Value.Quantity != 0).Select(pair => new HeldPosition(pair.Key, pair.Value.Quantity, pair.Value.Mark))];

    public decimal QuantityOf(string symbol) => _positions.TryGetValue(symbol, out var position) ? position.Quantity : 0;

    /// <summary>Moves a position's mark.</summary>
    public void Mark(string symbol, decimal price)
    {
        if (!_positions.TryGetValue(symbol, out var position)) return;
        if (position.Quantity != 0) LegOf(position.Quantity).PricePnl += position.Quantity * (price - position.Mark);
        position.Mark = price;
    }

    /// <summary>Settles funding on what is held at its mark.</summary>
    public void Fund(string symbol, decimal rate)
    {
        if (rate == 0 || !_positions.TryGetValue(symbol, out var position) || position.Quantity == 0) return;
        var received = -position.Quantity * position.Mark * rate;
        _wallet += received;
        Journal.Funding += received;
        LegOf(position.Quantity).Funding += received;
        position.AddFunding(received);
    }

    /// <summary>Fills a change at a price and marks the position there.</summary>
    /// <param name="change">The change.</param>
    /// <param name="price">The market's price; slippage comes on top.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    /// <param name="reason">Why a position that it ends ended.</param>
    public void Fill(PositionChange change, decimal price, long timeMs, string reason)
    {
        var sign = (int)change.Side;
        var paid = Math.Max(decimal.Round(price * (1 + (sign * costs.SlippageRate)), PriceDecimals), 1e-8m);
        var fee = decimal.Round(paid * change.Quantity * costs.FeeRate, PriceDecimals);
        var slippage = (paid - price) * sign * change.Quantity;
        if (!_positions.TryGetValue(change.Symbol, out var position)) _positions[change.Symbol] = position = new LegPosition { Mark = price };
        Mark(change.Symbol, price);
        var isClosing = position.Quantity != 0 && Math.Sign(position.Quantity) != sign;
        var leg = LegOf(isClosing ? position.Quantity : sign);
        var id = string.Create(CultureInfo.InvariantCulture, $"{change.Symbol}-{timeMs}-{(isClosing ? "c" : "o")}");
        var fill = new Fill(change.Symbol, Journal.Fills + 1, id, 0, change.Side, paid, change.Quantity, fee, "USDT", 0, IsMaker: false, timeMs);
        _wallet += position.Apply(fill, slippage) - fee;
        _feesPaid += fee;
        leg.Add(-slippage, fee, slippage, paid * change.Quantity);
        Journal.Taken(fill, slippage);
        if (position.Quantity == 0)
            Journal.Trades.Add(position.End(Journal.Trades.Count + 1, change.Symbol, sign < 0 ? OrderSide.Buy : OrderSide.Sell, timeMs, reason));
    }

    /// <summary>Takes down where the account stands.</summary>
    public void Look(long timeMs, decimal? benchmarkClose)
    {
        decimal longs = 0, shorts = 0;
        foreach (var position in _positions.Values)
        {
            var value = position.Quantity * position.Mark;
            if (value > 0) longs += value;
            else shorts -= value;
        }
        var equity = Equity;
        var (l, s) = (_longs.Since(_longsBefore), _shorts.Since(_shortsBefore));
        Hours.Add(new SelectorHour(
            timeMs, equity, longs, shorts, l.NetPnl, s.NetPnl, l.Turnover + s.Turnover, l.Fees + s.Fees + l.Slippage + s.Slippage,
            l.Funding + s.Funding, benchmarkClose));
        (_longsBefore, _shortsBefore) = (_longs.Copy(), _shorts.Copy());
        Journal.Sample(new RunSample(timeMs, equity, equity + _feesPaid, longs + shorts, longs - shorts));
    }

    public void Dispose() => Journal.Dispose();

    private Leg LegOf(decimal quantity) => quantity > 0 ? _longs : _shorts;

    private sealed class Leg
    {
        public decimal PricePnl { get; set; }

        public decimal Funding { get; set; }

        public decimal Fees { get; private set; }

        public decimal Slippage { get; private set; }

        public decimal Turnover { get; private set; }

        public decimal NetPnl => PricePnl - Fees + Funding;

        public void Add(decimal pricePnl, decimal fees, decimal slippage, decimal turnover)
        {
            PricePnl += pricePnl;
            Fees += fees;
            Slippage += slippage;
            Turnover += turnover;
        }

        public Leg Copy() => (Leg)MemberwiseClone();

        public Leg Since(Leg before) => new()
        {
            PricePnl = PricePnl - before.PricePnl,
            Funding = Funding - before.Funding,
            Fees = Fees - before.Fees,
            Slippage = Slippage - before.Slippage,
            Turnover = Turnover - before.Turnover,
        };

        public LegTotals ToTotals(SelectionSide side) => new(side, PricePnl, Fees, Funding, Slippage, Turnover);
    }
}

using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Markets;

/// <summary>
/// The background market of one symbol: three makers around a fair price, noise takers, and from time to time an informed burst in which takers come
/// several times as often, larger, and mostly on one side. Everything is drawn from seeded generators.
/// </summary>
internal sealed class SyntheticSymbol
{
    private const double BurstRate = 3.2;
    private const double BurstBias = 0.80;
    private const double BurstSize = 1.6;
    private const double CalmPersistence = 0.55;

    /// <summary>The makers' pace while the price is on a scheduled move, unless they are quicker anyway.</summary>
    private const double MovingRequoteMs = 90;
    private const long TakerReachBps = 8;

    private readonly IMarketHost _host;
    private readonly ListedSymbol _symbol;
    private readonly SyntheticProfile _profile;
    private readonly SyntheticPath _path;
    private readonly SeededRandom _random;
    private readonly BookVenue _venue;
    private readonly SyntheticMaker[] _makers;
    private readonly long _medianSteps;
    private readonly FairPrice _fair;
    private readonly TakerFlow _flow;
    private long _makerAtUs;
    private long _takerAtUs;
    private long _regimeAtUs;
    private long _depthAtUs;
    private long _markAtUs;
    private int _burst;
    private int _lastSign = 1;

    public SyntheticSymbol(IMarketHost host, ListedSymbol symbol, SyntheticProfile profile, ulong seed, long startMs)
    {
        _host = host;
        _symbol = symbol;
        _profile = profile;
        _path = new SyntheticPath(profile.Moves);
        _random = new SeededRandom(seed);
        _venue = new BookVenue(host, symbol, startMs * 1024);
        host.SetVenue(symbol, _venue);
        var price = symbol.State.LastPriceE8 != 0 ? symbol.State.LastPriceE8 : Fixed8.FromDecimal(symbol.Rules.FloorPrice(profile.Price));
        _medianSteps = Math.Max(1, Fixed8.FromDecimal(symbol.Rules.FloorQuantity(profile.TakerQuantity)) / symbol.StepE8);
        _makers = Makers(price / symbol.TickE8, _medianSteps, profile);
        var startUs = startMs * 1000;
        _flow = new TakerFlow(profile, _random);
        var min = Math.Max((double)Fixed8.FromDecimal(symbol.Rules.PriceMin) / symbol.TickE8, 100) * 1.01;
        var max = (double)Fixed8.FromDecimal(symbol.Rules.PriceMax) / symbol.TickE8 * 0.99;
        _fair = new FairPrice(profile, _path, _random, seed, ((double)price / symbol.TickE8) + 0.5, min, max, startUs);
        _makerAtUs = startUs + DelayUs(profile.RequoteMs);
        _takerAtUs = startUs + DelayUs(1000 / profile.TradesPerSecond);
        _regimeAtUs = startUs + DelayUs(profile.QuietSeconds * 1000);
        _depthAtUs = startUs + (host.Options.DepthIntervalMs * 1000L);
        _markAtUs = startUs + (host.Options.MarkIntervalMs * 1000L);
        foreach (var maker in _makers) maker.Refresh(_venue, FairTicks, symbol.TickE8, symbol.StepE8, Depth(startUs), _random);
        PublishMark(startMs);
    }

    public long NextUs => Math.Min(Math.Min(_makerAtUs, _takerAtUs), Math.Min(_regimeAtUs, Math.Min(_depthAtUs, _markAtUs)));

    private long FairTicks => _fair.Ticks;

    public void Step()
    {
        var now = NextUs;
        _host.AdvanceTo(now / 1000);
        if (now == _regimeAtUs) SwitchRegime(now);
        else if (now == _makerAtUs) Requote(now);
        else if (now == _takerAtUs) Take(now);
        else if (now == _depthAtUs) PublishDepth(now);
        else PublishNextMark(now);
        _host.PublishTicker(_symbol, _venue.Ticker(_host.MarketTimeMs));
    }

    private static SyntheticMaker[] Makers(long priceTicks, long medianSteps, SyntheticProfile profile)
    {
        // Half a basis point and two and a half, but never finer than the tick.
        var near = Math.Max(2, priceTicks / 20_000);
        var far = Math.Max(near * 2, priceTicks / 4_000);
        var aside = (long)(priceTicks * profile.SpreadBps * 1e-4 / 2);
        return [Maker(1, 14, 2), Maker(near, 16, 6), Maker(far, 16, 20)];

        SyntheticMaker Maker(long spacing, int levels, int medians) =>
            new(spacing, levels, Math.Max(1, (long)(medianSteps * medians * profile.DepthScale)), aside);
    }

    private void SwitchRegime(long now)
    {
        _burst = _burst != 0 ? 0 : _random.Uniform() < 0.5 ? 1 : -1;
        _regimeAtUs = now + DelayUs((_burst != 0 ? _profile.BurstSeconds : _profile.QuietSeconds) * 1000);
    }

    private void Requote(long now)
    {
        _fair.DriftTo(now);
        foreach (var maker in _makers) maker.Withdraw(_venue.Book, FairTicks);
        TakeMispriced();
        foreach (var maker in _makers) maker.Refresh(_venue, FairTicks, _symbol.TickE8, _symbol.StepE8, Depth(now), _random);
        _makerAtUs = now + DelayUs(_path.Direction(now) != 0 ? Math.Min(MovingRequoteMs, _profile.RequoteMs) : _profile.RequoteMs);
    }

    /// <summary>What is left beyond the fair price after the makers withdrew are accounts' orders; arbitrage takes them piece by piece.</summary>
    private void TakeMispriced()
    {
        var fairE8 = FairTicks * _symbol.TickE8;
        var quantity = _medianSteps * _symbol.StepE8 * 4;
        if (_venue.Book.WouldTake(OrderSide.Buy, fairE8)) _venue.Match(new BookRequest(OrderSide.Buy, MatchRule.Immediate, fairE8, quantity));
        var aboveE8 = fairE8 + _symbol.TickE8;
        if (_venue.Book.WouldTake(OrderSide.Sell, aboveE8)) _venue.Match(new BookRequest(OrderSide.Sell, MatchRule.Immediate, aboveE8, quantity));
    }

    private void Take(long now)
    {
        var move = _path.Direction(now);
        var burst = move != 0 ? move : _burst;
        _takerAtUs = _flow.NextUs(now, (burst != 0 ? BurstRate : 1) * _flow.Activity(now));
        var sign = burst != 0
            ? (_random.Uniform() < BurstBias ? burst : -burst)
            : (_random.Uniform() < CalmPersistence ? _lastSign : -_lastSign);
        _lastSign = sign;
        var size = Math.Exp(0.9 * _random.Normal()) * (sign == burst ? BurstSize : 1);
        var steps = Math.Clamp((long)(_medianSteps * size), 1, _medianSteps * 40);
        var side = (OrderSide)sign;
        var best = side == OrderSide.Buy ? _venue.Book.AskPriceE8 : _venue.Book.BidPriceE8;
        if (best == 0) return;
        var reach = Math.Max(_symbol.TickE8 * 5, best / 10_000 * TakerReachBps / _symbol.TickE8 * _symbol.TickE8);
        var limit = Math.Max(_symbol.TickE8, best + (sign * reach));
        _venue.Match(new BookRequest(side, MatchRule.Immediate, limit, steps * _symbol.StepE8));
        _fair.Push(sign, size);
        // Makers see the trade and look again soon.
        _makerAtUs = Math.Min(_makerAtUs, now + 1000 * _random.Between(4, 25));
    }

    private double Depth(long now) => _fair.Depth * _flow.Activity(now);

    private void PublishDepth(long now)
    {
        _depthAtUs = now + (_host.Options.DepthIntervalMs * 1000L);
        if (_venue.Book.NextDiff(_host.MarketTimeMs) is { } diff) _host.PublishDepth(_symbol, diff);
    }

    private void PublishNextMark(long now)
    {
        _markAtUs = now + (_host.Options.MarkIntervalMs * 1000L);
        PublishMark(_host.MarketTimeMs);
    }

    private void PublishMark(long timeMs)
    {
        var price = Fixed8.ToDecimal(FairTicks * _symbol.TickE8);
        var nextFundingMs = Funding.NextTimeMs(timeMs, _host.Options.FundingIntervalHours);
        _host.PublishMark(_symbol, new MarkPrice(timeMs, price, price, _host.Options.FundingRate, nextFundingMs));
    }

    private long DelayUs(double meanMs) => Math.Max(1, (long)(_random.Exponential(meanMs) * 1000));
}

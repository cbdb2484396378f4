using System.Diagnostics;
using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.ExchangeBenchmarks;

/// <summary>
/// Hours of market time in one process: four accounts that quote, cancel and take, subscribers to market and user streams, listen keys kept alive. What the
/// exchange remembers is bounded so low that the bounds are reached in the warm-up, the first quarter of the run; after it memory should not grow.
/// </summary>
internal sealed class SoakRun
{
    private const int TurnMs = 250;
    private const int KeepAliveMs = 25 * 60_000;

    private readonly VirtualTime _time = new() { NowMs = Listing.StartMs };
    private readonly StreamProtocol _streams = new(new StreamOptions { Overflow = StreamOverflow.Wait });
    private readonly ExchangeCore _exchange;
    private readonly RestProtocol _rest;
    private readonly List<StreamSession> _sessions = [];
    private readonly Random _random = new(1);
    private readonly ExchangeAccount[] _accounts;
    private long _frames;
    private long _orders;
    private long _refused;

    public SoakRun(int symbols)
    {
        _accounts = [.. Enumerable.Range(0, 4).Select(i => new ExchangeAccount($"a{i}", $"key-{i}", "secret", 1_000_000m))];
        var options = Listing.Options(symbols) with
        {
            Accounts = _accounts,
            HistorySegmentTrades = 10_000,
            HistorySegmentsMax = 2,
            FillsMax = 2000,
            IncomeMax = 5000,
            FinishedOrdersMax = 2000,
        };
        _exchange = new ExchangeCore(options, MarketFactory.Create, _streams, _time, NullLogger<ExchangeCore>.Instance);
        _streams.Attach(_exchange);
        _rest = new RestProtocol(_exchange, _streams, new RestOptions { AccountNames = [.. _accounts.Select(a => a.Name)] });
        foreach (var rules in _exchange.Symbols)
        {
            var name = rules.Symbol.ToLowerInvariant();
            _sessions.Add(_streams.Open($"/market/stream?streams={name}@aggTrade/{name}@markPrice@1s/{name}@kline_1m"));
            _sessions.Add(_streams.Open($"/public/stream?streams={name}@bookTicker/{name}@depth@100ms/{name}@depth20@500ms"));
        }
        foreach (var account in _accounts)
        {
            using var reply = JsonDocument.Parse(Call("POST", account).Body);
            _sessions.Add(_streams.Open("/private/ws?listenKey=" + reply.RootElement.GetProperty("listenKey").GetString()));
        }
    }

    public void Print(int hours, int samples)
    {
        var rows = new List<(double Hour, double RssMiB)>();
        Console.WriteLine(" market h   RSS MiB  heap MiB    frames    orders   refused");
        for (var i = 1; i <= samples; i++)
        {
            var hour = (double)hours * i / samples;
            Run(Listing.StartMs + (long)(hour * 3_600_000));
            var heap = GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
            using var process = Process.GetCurrentProcess();
            var rss = process.WorkingSet64 / 1048576.0;
            rows.Add((hour, rss));
            if (i % Math.Max(1, samples / 12) == 0)
                Console.WriteLine(FormattableString.Invariant($"{hour,9:0.00} {rss,9:0.0} {heap,9:0.0} {_frames,9} {_orders,9} {_refused,9}"));
        }
        var after = rows.Skip(samples / 4).ToArray();
        Console.WriteLine(FormattableString.Invariant(
            $"after the warm-up {after[0].RssMiB:0.0} MiB, at the end {after[^1].RssMiB:0.0} MiB; slope {Slope(after):0.000} MiB per market hour"));
        // A session ends after 24 hours, as the venue's do.
        Console.WriteLine($"sessions closed: {_sessions.Count(s => s.CloseReason is not null)} of {_sessions.Count}");
        if (_exchange.GetTotals() is { Difference: not 0 } totals) throw new InvalidOperationException($"money was created or lost: {totals}");
    }

    private static double Slope((double Hour, double RssMiB)[] rows)
    {
        var (x, y) = (rows.Average(r => r.Hour), rows.Average(r => r.RssMiB));
        return rows.Sum(r => (r.Hour - x) * (r.RssMiB - y)) / rows.Sum(r => (r.Hour - x) * (r.Hour - x));
    }

    private void Run(long untilMs)
    {
        while (_time.NowMs < untilMs)
        {
            var turnMs = _time.NowMs + TurnMs;
            while (_exchange.Driver.NextTimeMs() is { } nextMs && nextMs < turnMs)
            {
                _exchange.Driver.Step();
                Drain();
            }
            _time.NowMs = turnMs;
            if ((turnMs - Listing.StartMs) % KeepAliveMs < TurnMs)
                foreach (var account in _accounts) Call("PUT", account);
            foreach (var account in _accounts) Act(account.Name);
            Drain();
        }
    }

    private void Drain()
    {
        foreach (var session in _sessions)
            while (session.TryRead(out _)) _frames++;
    }

    /// <summary>Quotes, cancels or takes; a position beyond its bound is closed.</summary>
    private void Act(string account)
    {
        var rules = _exchange.Symbols[_random.Next(_exchange.Symbols.Count)];
        var ticker = _exchange.GetBookTicker(rules.Symbol);
        var side = _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
        var quantity = rules.FloorQuantity(2000m / ticker.BidPrice);
        try
        {
            var held = _exchange.GetPositions(account, rules.Symbol).Sum(p => p.Quantity);
            if (Math.Abs(held) > quantity * 10) Place(held > 0 ? OrderSide.Sell : OrderSide.Buy, OrderType.Market, 0, Math.Abs(held), true);
            else if (_random.Next(10) == 0) _exchange.CancelAll(account, rules.Symbol);
            else if (_random.Next(8) == 0) Place(side, OrderType.Market, 0, quantity, false);
            else Place(side, OrderType.Limit, ticker.BidPrice - ((int)side * rules.TickSize * _random.Next(-1, 30)), quantity, false);
        }
        catch (ExchangeException)
        {
            _refused++;
        }

        void Place(OrderSide placed, OrderType type, decimal price, decimal size, bool reduceOnly)
        {
            _orders++;
            _exchange.Place(account, new NewOrder(rules.Symbol, placed, type, TimeInForce.Gtc, size, price, reduceOnly, null));
        }
    }

    private RestReply Call(string method, ExchangeAccount account) => _rest.Handle(new RestCall(method, "/fapi/v1/listenKey", "", "", account.ApiKey, "local"));
}

using System.Globalization;
using Granary.Backtest;
using Granary.Backtest.Parity;
using Granary.Backtest.Reports;
using Granary.Engine.Market;
using Granary.Exchange;
using Granary.Exchange.Hosting;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Silo.Hosting;
using Granary.Tape;

namespace Granary.Silo.Replay;

/// <summary>
/// Plays recorded trades through the exchange, over its sockets and REST, into the engine, and then holds three things against each other: the file, the
/// exchange and the engine's books. Killed in the middle and started again on the same folder, it goes on where it was.
/// </summary>
/// <param name="silo">The running silo.</param>
/// <param name="time">The clock that it waits by.</param>
/// <param name="ordersFile">
/// Where what the first account decided, ordered and had filled is written to at the end, to be laid over a backtest; null for nowhere.
/// </param>
public sealed class ReplayRun(SiloApplication silo, TimeProvider time, string? ordersFile = null)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SettleMax = TimeSpan.FromSeconds(60);

    private readonly BuiltInExchange _exchange = silo.Exchange ?? throw new InvalidOperationException("a replay needs the built-in exchange");

    private IGrainFactory Grains => silo.Host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Runs to the end of the tape and compares.</summary>
    /// <returns>What was compared; a damaged tape is a line of its own that names file, line and field.</returns>
    public async Task<ReplayReport> RunAsync(CancellationToken cancellationToken)
    {
        await UntilAsync(async () => await AllAccountsAsync(v => v.State == "Active"), cancellationToken);
        var started = time.GetTimestamp();
        await UntilAsync(() => Task.FromResult(_exchange.Core.Progress is { Finished: true } or { Error: not null }), cancellationToken);
        using var settle = new CancellationTokenSource(SettleMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(settle.Token, cancellationToken);
        try
        {
            await UntilAsync(IsQuietAsync, either.Token);
        }
        catch (OperationCanceledException) when (settle.IsCancellationRequested)
        {
            // What has not settled by now is different, and the table says so.
        }

        foreach (var account in silo.Settings.Accounts) await Grains.GetGrain<IRiskGrain>(account.Name).Reconcile("end of the replay");
        var checks = new List<ReplayCheck>();
        if (_exchange.Core.Progress.Error is { } error) checks.Add(new ReplayCheck("tape", "", error, false));
        foreach (var symbol in silo.Settings.Symbols)
        {
            try
            {
                await CompareSymbolAsync(symbol, checks);
            }
            catch (TapeException e)
            {
                // A damaged file cannot be held against anything; accounts still can.
                if (_exchange.Core.Progress.Error is null) checks.Add(new ReplayCheck("tape", "", e.Message, false));
            }
        }

        foreach (var account in silo.Settings.Accounts) await CompareAccountAsync(account.Name, checks);
        if (ordersFile is not null) await WriteOrdersAsync(ordersFile, cancellationToken);
        return new ReplayReport(checks, time.GetElapsedTime(started).TotalSeconds, _exchange.Core.Progress.Trades);
    }

    private async Task CompareSymbolAsync(SymbolSettings settings, List<ReplayCheck> checks)
    {
        var view = await Grains.GetGrain<ISymbolGrain>(settings.Symbol).GetView();
        var tape = silo.Options.Exchange.Tapes.First(t => t.Symbol == settings.Symbol);
        var rebuilt = silo.Options.Exchange.Market == MarketKind.Capture
            ? OfflineRebuild.Run(CapturedTrades(tape.File), settings.Pipeline)
            : OfflineRebuild.Run(tape.File, settings.Pipeline);
        Add(checks, $"{settings.Symbol} trades", view.Trades, rebuilt.TradeCount);
        Add(checks, $"{settings.Symbol} volume bars", view.Bars, rebuilt.BarCount);
        Add(checks, $"{settings.Symbol} hash over bars", view.BarDigest[..16], rebuilt.BarDigest[..16]);
        Add(checks, $"{settings.Symbol} holes", view.Holes, 0);
    }

    /// <summary>The trades of a capture as the exchange prints them: each single trade is an aggregate of its own.</summary>
    private static IEnumerable<AggTrade> CapturedTrades(string file)
    {
        foreach (var frame in SocketCapture.Read(file))
        {
            if (frame.Kind == CaptureKind.Trade) yield return CaptureMessages.ReadTrade(frame).ToAggTrade();
        }
    }

    private async Task CompareAccountAsync(string account, List<ReplayCheck> checks)
    {
        var risk = await Grains.GetGrain<IRiskGrain>(account).GetView();
        var core = _exchange.Core;
        foreach (var symbol in silo.Settings.Symbols.Where(s => s.Accounts.Contains(account)).Select(s => s.Symbol))
        {
            var books = await Grains.GetGrain<IExecutionGrain>($"{account}/{symbol}").GetView();
            var position = core.GetPositions(account, symbol).FirstOrDefault(p => p.Symbol == symbol);
            var fills = core.GetUserTrades(account, symbol, 0, int.MaxValue);
            Add(checks, $"{account}/{symbol} orders filled", fills.Select(f => f.OrderId).Distinct().Count(), await FilledOrdersAsync(account, symbol));
            Add(checks, $"{account}/{symbol} fills", books.FillCount, fills.Count);
            Add(checks, $"{account}/{symbol} position", books.Quantity, position?.Quantity ?? 0);
            Add(checks, $"{account}/{symbol} open orders", books.LiveOrders.Count, core.GetOpenOrders(account, symbol).Count);
        }

        var wallet = core.GetWallet(account);
        Add(checks, $"{account} realised PnL", risk.RealizedPnl, wallet.RealizedPnl);
        Add(checks, $"{account} fees", risk.Fees, wallet.Fees);
        Add(checks, $"{account} wallet", risk.Wallet, wallet.Balance);
        Add(checks, $"{account} start + PnL - fees", risk.InitialWallet + risk.RealizedPnl - risk.Fees, wallet.Initial + wallet.RealizedPnl - wallet.Fees);
    }

    private async Task WriteOrdersAsync(string file, CancellationToken cancellationToken)
    {
        var account = silo.Settings.Accounts[0].Name;
        var bars = new List<LoggedBars>();
        foreach (var symbol in silo.Settings.Symbols)
        {
            var view = await Grains.GetGrain<ISymbolGrain>(symbol.Symbol).GetView();
            bars.Add(new LoggedBars(symbol.Symbol, view.Bars, view.BarDigest));
        }

        var risk = await Grains.GetGrain<IRiskGrain>(account).GetView();
        var journal = silo.Host.Services.GetRequiredService<Granary.Journal.IJournalReader>();
        var log = await JournalOrders.ReadAsync(journal, account, "replay", risk.InitialWallet, bars, cancellationToken);
        ReportFiles.Replace(Path.GetFullPath(file), log.ToJson() + "\n");
    }

    /// <summary>Orders with a fill by the engine's journal.</summary>
    private async Task<int> FilledOrdersAsync(string account, string symbol)
    {
        var journal = silo.Host.Services.GetRequiredService<Granary.Journal.IJournalReader>();
        var orders = new HashSet<long>();
        for (var after = 0L; ;)
        {
            var page = await journal.GetFillsAsync(account, symbol, after, 10_000);
            foreach (var fill in page) orders.Add(fill.VenueOrderId);
            if (page.Count < 10_000) return orders.Count;
            after = page[^1].Position;
        }
    }

    private async Task<bool> IsQuietAsync()
    {
        foreach (var symbol in silo.Settings.Symbols)
        {
            var last = _exchange.Core.GetAggTrades(symbol.Symbol, -1, 1);
            var view = await Grains.GetGrain<ISymbolGrain>(symbol.Symbol).GetView();
            if (last.Count > 0 && view.NextId <= last[^1].Id) return false;
            foreach (var account in symbol.Accounts)
            {
                var books = await Grains.GetGrain<IExecutionGrain>($"{account}/{symbol.Symbol}").GetView();
                var position = _exchange.Core.GetPositions(account, symbol.Symbol).FirstOrDefault(p => p.Symbol == symbol.Symbol);
                if (books.LiveOrders.Count > 0 || books.Quantity != (position?.Quantity ?? 0)) return false;
            }
        }

        return true;
    }

    private async Task<bool> AllAccountsAsync(Func<RiskView, bool> condition)
    {
        foreach (var account in silo.Settings.Accounts)
        {
            if (!condition(await Grains.GetGrain<IRiskGrain>(account.Name).GetView())) return false;
        }

        return true;
    }

    private async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition()) await Task.Delay(Poll, time, cancellationToken);
    }

    private static void Add<T>(List<ReplayCheck> checks, string name, T engine, T other)
        where T : IEquatable<T> =>
        checks.Add(new ReplayCheck(name, Text(engine), Text(other), engine.Equals(other)));

    /// <summary>Decimals without trailing zeros, so that equal numbers look equal.</summary>
    private static string Text<T>(T value) =>
        value is decimal number ? number.ToString("G29", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}

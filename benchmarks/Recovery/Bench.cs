using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Granary.Recovery;

/// <summary>Both processes, and what is done to them.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AgreeWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TradeWithin = TimeSpan.FromSeconds(120);

    private readonly string _folder;
    private readonly ExchangeSide _exchange;
    private readonly EngineSide _engine;
    private readonly JournalSide _journal;
    private SiloProcess _exchangeProcess;
    private SiloProcess? _silo;
    private IReadOnlyDictionary<string, long> _lastTrades = new Dictionary<string, long>();

    public Bench(string folder, int seed, string durability)
    {
        _folder = folder;
        var (exchangeUrl, operatorUrl) = ($"http://127.0.0.1:{FreePort()}", $"http://127.0.0.1:{FreePort()}");
        Configuration.Write(folder, exchangeUrl, operatorUrl, seed, durability);
        var journal = Path.Combine(folder, "journal");
        (_exchange, _engine, _journal) = (new ExchangeSide(exchangeUrl), new EngineSide(operatorUrl, Path.Combine(journal, "operator.token")), new JournalSide(Path.Combine(journal, "granary.db")));
        _exchangeProcess = SiloProcess.Start(folder, "exchange.log", "exchange");
    }

    public IReadOnlyList<(string Kind, long Count)> Incidents => _journal.Incidents();

    /// <summary>Waits for the exchange.</summary>
    public async Task ReadyAsync() => await WithinAsync(TradeWithin, "the exchange to listen", async () => await _exchange.LastTradesAsync() is not null);

    /// <summary>Starts the silo and kills it after this time, wherever its start has come to.</summary>
    public async Task CutStartAsync(TimeSpan after)
    {
        _silo = SiloProcess.Start(_folder, "silo.log");
        await Task.Delay(after, TimeProvider.System);
        await KillAsync();
    }

    /// <summary>Starts the silo and waits until it trades and agrees with the exchange; lets it trade on for some time.</summary>
    /// <param name="withExchange">Whether the exchange has to be started as well.</param>
    /// <param name="tradeFor">How long it then trades.</param>
    public async Task<Cycle> TradeAsync(bool withExchange, TimeSpan tradeFor)
    {
        var startedMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        if (withExchange) StartExchange();
        else _lastTrades = await _exchange.LastTradesAsync() ?? throw new RecoveryException("the exchange does not answer");
        _silo = SiloProcess.Start(_folder, "silo.log");
        var http = await ReachedAsync("the operator API to answer", _engine.IsUpAsync);
        double? active = null;
        var trading = await ReachedAsync("the account to trade", async () =>
        {
            if (withExchange && _lastTrades.Count == 0) _lastTrades = await _exchange.LastTradesAsync() ?? _lastTrades;
            var status = await _engine.StatusAsync();
            if (status.Account.State != "Active") return false;
            active ??= SinceStart();
            return _lastTrades.Count > 0 && status.Symbols.All(s => s.Error.Length == 0 && s.NextId > _lastTrades[s.Symbol]);
        });
        await AgreeAsync();
        var agreed = SinceStart();
        await Task.Delay(tradeFor, TimeProvider.System);
        return new Cycle(withExchange, http, active, trading, agreed, _journal.FirstEntryMs(startedMs) - startedMs);
    }

    /// <summary>Kills the silo; what must hold at any time is checked on what it left behind.</summary>
    public async Task KillAsync()
    {
        _silo!.Kill();
        await CheckAsync();
    }

    /// <summary>Kills both, one right after the other.</summary>
    public async Task KillBothAsync(bool exchangeFirst, TimeSpan between)
    {
        if (exchangeFirst) _exchangeProcess.Kill();
        else _silo!.Kill();
        await Task.Delay(between, TimeProvider.System);
        if (exchangeFirst) _silo!.Kill();
        else _exchangeProcess.Kill();
    }

    /// <summary>Stops entries, closes everything, and compares to the last decimal; then trades again.</summary>
    public async Task QuietAsync()
    {
        await _engine.CommandAsync("reduce-only");
        await _engine.CommandAsync("flatten");
        IReadOnlyList<string> differences = [];
        await WithinAsync(AgreeWithin, () => $"quiet: {string.Join("; ", differences)}", async () =>
        {
            var (status, journal) = (await _engine.StatusAsync(), _journal.Read());
            var audit = await _exchange.AuditAsync();
            differences = [.. Comparison.WhenQuiet(status, audit), .. Configuration.Symbols.SelectMany(s => Comparison.OfSymbol(s, status.Account, journal, audit))];
            return differences.Count == 0;
        });
        await CheckAsync();
        await _engine.CommandAsync("resume");
    }

    /// <summary>Orders and fills that the exchange has seen.</summary>
    public async Task<(int Orders, int Stops, int Fills)> CountsAsync()
    {
        var audit = await _exchange.AuditAsync();
        return (audit.Orders.Count, audit.AlgoOrders.Count, audit.Fills.Count);
    }

    public void Dispose()
    {
        _silo?.Dispose();
        _exchangeProcess.Dispose();
        _exchange.Dispose();
        _engine.Dispose();
    }

    private void StartExchange()
    {
        _exchangeProcess.Dispose();
        _lastTrades = new Dictionary<string, long>();
        _exchangeProcess = SiloProcess.Start(_folder, "exchange.log", "exchange");
    }

    /// <summary>Looks until every symbol has been seen to agree; orders are under way, so no single look can ask that of all.</summary>
    private async Task AgreeAsync()
    {
        var left = Configuration.Symbols.ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string> differences = [];
        await WithinAsync(AgreeWithin, () => $"both sides to agree: {string.Join("; ", differences)}", async () =>
        {
            var audit = await _exchange.AuditAsync();
            var (status, journal) = (await _engine.StatusAsync(), _journal.Read());
            differences = [.. left.SelectMany(s => Comparison.OfSymbol(s, status.Account, journal, audit))];
            left.RemoveWhere(s => !Comparison.OfSymbol(s, status.Account, journal, audit).Any());
            return left.Count == 0;
        });
    }

    private async Task CheckAsync()
    {
        var before = _journal.Read();
        var audit = await _exchange.AuditAsync();
        var wrong = Comparison.AtAnyTime(before, audit, _journal.Read()).ToArray();
        if (wrong.Length > 0) throw new RecoveryException(string.Join(Environment.NewLine, wrong.Take(20)));
    }

    private double SinceStart() => TimeProvider.System.GetElapsedTime(_silo!.StartedAt).TotalMilliseconds;

    private async Task<double> ReachedAsync(string what, Func<Task<bool>> isReached)
    {
        await WithinAsync(TradeWithin, what, isReached);
        return SinceStart();
    }

    private Task WithinAsync(TimeSpan time, string what, Func<Task<bool>> isReached) => WithinAsync(time, () => what, isReached);

    private async Task WithinAsync(TimeSpan time, Func<string> what, Func<Task<bool>> isReached)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isReached())
        {
            if (_exchangeProcess.HasEnded || _silo is { HasEnded: true }) throw new RecoveryException("a process ended by itself; see the logs");
            if (TimeProvider.System.GetElapsedTime(started) > time) throw new RecoveryException($"waited {time.TotalSeconds} s for {what()}");
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

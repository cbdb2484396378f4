using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Silo.Dashboard.Bars;
using Granary.Silo.Dashboard.Bodies;
using Granary.Silo.Dashboard.Live;
using Granary.Silo.Hosting;
using Granary.Silo.Metrics;
using Granary.Silo.Operator;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Dashboard;

/// <summary>What can be watched, and where it comes from. A topic's rows are those of the list of the same name in the API.</summary>
internal sealed class DashboardTopics(
    EngineSettings settings, EngineObserver observer, GridObserver grids, IJournal journal, MetricCollector metrics, SiloStart start, IServiceProvider services)
{
    /// <summary>Rows of a list.</summary>
    public const int RowsMax = 100;

    /// <summary>Bars that go along with every sample; a page that misses more asks for them.</summary>
    public const int BarsTold = 6;

    /// <summary>All topics.</summary>
    public IEnumerable<LiveTopic> All()
    {
        yield return new LiveTopic("status", 2, async cancel => await StatusAsync(cancel));
        yield return new LiveTopic("cluster", 4, _ => Task.FromResult<object>(Cluster()));
        foreach (var symbol in settings.Symbols) yield return new LiveTopic($"symbol/{symbol.Symbol}", 1, async cancel => await SymbolAsync(symbol.Symbol, cancel));
        foreach (var account in settings.Accounts) yield return new LiveTopic($"risk/{account.Name}", 4, async cancel => await observer.GetRiskAsync(account.Name, cancel));
        yield return new LiveTopic("orders", 4, async cancel => Rows(await journal.Reader.GetOrdersAsync(null, null, RowsMax, cancel)));
        yield return new LiveTopic("fills", 4, async cancel => Rows(await FillsAsync(cancel)));
        yield return new LiveTopic("decisions", 4, async cancel => Rows(await DecisionsAsync(cancel)));
        yield return new LiveTopic("grids", 4, async cancel => Rows(await grids.GetGridsAsync(cancel)));
        yield return new LiveTopic("incidents", 4, async cancel => Rows(await journal.Reader.GetIncidentsAsync(RowsMax, cancel)));
    }

    private async Task<OverviewBody> StatusAsync(CancellationToken cancellationToken)
    {
        var statusTask = observer.GetStatusAsync(cancellationToken);
        EngineStop? stop = null;
        try
        {
            stop = await observer.GetEngineStopAsync(cancellationToken);
        }
        catch (OperatorProblem)
        {
            // The rest of the picture is shown all the same; the page says that the kill switch does not answer.
        }

        // The observer has no market in a host without an engine.
        var gateway = services.GetService<MarketGateway>();
        return new OverviewBody(await statusTask, stop, new StreamBody(gateway?.IsConnected ?? false, gateway?.ConnectionDetail ?? "", gateway?.Rejects ?? 0));
    }

    private async Task<SymbolPageBody> SymbolAsync(string symbol, CancellationToken cancellationToken)
    {
        var barsTask = observer.GetBarsAsync(symbol, BarsTold, cancellationToken);
        var body = await observer.GetSymbolAsync(symbol, cancellationToken);
        return new SymbolPageBody(body, BarsBody.From(symbol, await barsTask));
    }

    /// <summary>Without conditions and features, which are large; a page asks for those of the decision that somebody looks at.</summary>
    private async Task<IEnumerable<DecisionBody>> DecisionsAsync(CancellationToken cancellationToken)
    {
        var decisions = await journal.Reader.GetDecisionsAsync(null, null, RowsMax, cancellationToken);
        return decisions.Select(d => DecisionBody.From(d with { Why = "", Features = "" }));
    }

    private async Task<IEnumerable<Journal.Records.FillRecord>> FillsAsync(CancellationToken cancellationToken)
    {
        var fills = new List<Journal.Records.FillRecord>();
        foreach (var account in settings.Accounts) fills.AddRange(await LatestFills.ReadAsync(journal.Reader, account.Name, null, RowsMax, cancellationToken));
        return fills.OrderByDescending(f => f.Position).Take(RowsMax);
    }

    private ClusterBody Cluster()
    {
        var hub = services.GetRequiredService<LiveHub>();
        var grains = new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            ["execution"] = settings.Symbols.Sum(s => s.Accounts.Count),
            ["kill switch"] = 1,
            ["risk"] = settings.Accounts.Count,
            ["strategies"] = settings.Symbols.Sum(s => s.Strategies.Count),
            ["symbols"] = settings.Symbols.Count,
        };
        return new ClusterBody(
            RuntimeIdentity.Name, start.TimeMs, ProcessBody.Now(), grains, FamilyBody.All(metrics), hub.ClientCount, hub.Stalled);
    }

    private static ItemsBody<T> Rows<T>(IEnumerable<T> rows) => new([.. rows]);
}

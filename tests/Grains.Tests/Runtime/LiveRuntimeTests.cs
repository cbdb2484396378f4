using Granary.Grains.Gateway;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Tests.Support;
using Granary.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Granary.Grains.Tests.Runtime;

/// <summary>The same grains in a real host on real time, on whichever actor runtime this build was made for.</summary>
public sealed class LiveRuntimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-runtime-").FullName;
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(1), TimeProvider.System);

    [Fact]
    public async Task Trades_become_bars_and_a_proposal_becomes_a_booked_position()
    {
        await using var journal = SqliteJournal.Open(new SqliteJournalOptions(_folder), TimeProvider.System);
        var venue = new ScriptedVenue(TimeProvider.System);
        venue.OnPlace = request => Task.FromResult(venue.Take(request));
        using var host = Host.CreateDefaultBuilder()
            .ConfigureServices(services =>
            {
                services.AddSingleton(TimeProvider.System);
                EngineParts.AddTo(services, Samples.Settings, journal, venue);
            })
            .UseOrleans(silo =>
            {
#if ORLEANS_RUNTIME
                silo.UseLocalhostClustering();
#endif
            })
            .Build();
        await host.StartAsync(_timeout.Token);
        host.Services.GetRequiredService<SymbolCatalog>().Load([Samples.Rules]);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var risk = grains.GetGrain<IRiskGrain>(Samples.Account);
        var execution = grains.GetGrain<IExecutionGrain>($"{Samples.Account}/{Samples.Symbol}");
        await risk.OnStream(true, "connected");
        await UntilAsync(async () => (await risk.GetView()).State == "Active");

        var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var trades = Samples.Trades(1, 300, startMs: nowMs);
        var answer = await grains.GetGrain<ISymbolGrain>(Samples.Symbol).Ingest(new TradeBatch(trades, isLive: false, acceptHole: false, 0));
        answer.ShouldBe(new IngestAnswer(301, true));
        (await grains.GetGrain<ISymbolGrain>(Samples.Symbol).GetView()).Bars.ShouldBeGreaterThan(20);

        (await risk.Propose(Samples.Entry("e", quantity: 2, timeMs: nowMs))).Approved.ShouldBeTrue();
        await UntilAsync(() => Task.FromResult(venue.Events.Count == 1));
        await execution.OnOrder(new OrderReportMessage(venue.Events.Dequeue()));
        (await execution.GetView()).Quantity.ShouldBe(2);
        await UntilAsync(async () => (await risk.GetView()) is { ReservedNotional: 0, Positions.Count: 1 });
        (await risk.GetView()).Wallet.ShouldBe(venue.Wallet);
        (await journal.Reader.GetOrderAsync(Samples.Account, "t/main/momentum/1"))!.Status.ShouldBe("Filled");
        await host.StopAsync(_timeout.Token);
    }

    public void Dispose()
    {
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _timeout.Token);
    }
}

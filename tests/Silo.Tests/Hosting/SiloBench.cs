using Granary.Engine.Signals;
using Granary.Exchange;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Journal;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Granary.Silo.Tests.Hosting;

/// <summary>Real silos in this process, with sockets on free ports, on one data folder.</summary>
internal sealed class SiloBench : IDisposable
{
    public const string Account = "main";

    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(2), TimeProvider.System);

    public string Folder { get; } = Directory.CreateTempSubdirectory("granary-silo-").FullName;

    /// <summary>The environment that options are read from.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public CancellationToken Timeout => _timeout.Token;

    /// <summary>Reads options: those of the arguments over free ports and one symbol; nothing of this machine's environment.</summary>
    public LoadedOptions Load(params string[] args)
    {
        string[] own =
        [
            "--Journal:Path", Path.Combine(Folder, "data"), "--Journal:Durability", "Process", "--Exchange:Url", "http://127.0.0.1:0",
            "--Operator:Url", "http://127.0.0.1:0", "--Engine:Symbols:0:Symbol", "BTCUSDT", "--Engine:Symbols:0:VolumeThreshold", "1",
        ];
        return OptionsLoader.Load([.. own, .. args], Environment, Folder);
    }

    public async Task<SiloApplication> StartAsync(params string[] args)
    {
        var loaded = Load(args);
        loaded.Report().ShouldBe("");
        return await SiloApplication.StartAsync(loaded, Eager, Timeout);
    }

    /// <summary>Starts a silo and waits until every account is active.</summary>
    public async Task<SiloApplication> StartActiveAsync(params string[] args)
    {
        var silo = await StartAsync(args);
        await UntilAsync(async () => (await Risk(silo).GetView()).State == "Active");
        return silo;
    }

    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Timeout);
    }

    public static IGrainFactory Grains(SiloApplication silo) => silo.Host.Services.GetRequiredService<IGrainFactory>();

    public static IRiskGrain Risk(SiloApplication silo) => Grains(silo).GetGrain<IRiskGrain>(Account);

    public static IExecutionGrain Execution(SiloApplication silo, string symbol) => Grains(silo).GetGrain<IExecutionGrain>($"{Account}/{symbol}");

    public static ISymbolGrain Symbol(SiloApplication silo, string symbol) => Grains(silo).GetGrain<ISymbolGrain>(symbol);

    public static IJournalReader Journal(SiloApplication silo) => silo.Host.Services.GetRequiredService<IJournalReader>();

    public static ExchangeCore Core(SiloApplication silo) => silo.Exchange!.Core;

    public void Dispose()
    {
        _timeout.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Short windows and loose conditions, so that a market of a few minutes is traded on.</summary>
    private static EngineSettings Eager(EngineSettings settings) => settings with
    {
        Symbols =
        [
            .. settings.Symbols.Select(s => s with
            {
                Strategies = ["momentum"],
                Signals = new SignalOptions { Momentum = new MomentumOptions { OfiLookback = 10, DeltaLookback = 5, SignalZWindow = 20, OptionalNeeded = 0 } },
                Pipeline = s.Pipeline with
                {
                    VwapWindow = 20, AtrWindow = 10, KyleWindow = 10, Q90Window = 500, Q90Min = 100, VpinWindow = 10, ZWindows = [20],
                },
            }),
        ],
    };
}

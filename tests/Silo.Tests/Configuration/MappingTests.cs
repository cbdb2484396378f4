using Granary.Engine.Signals;
using Granary.Engine.Sizing;
using Granary.Exchange;
using Granary.Grains.Strategies;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Mapping;

namespace Granary.Silo.Tests.Configuration;

public sealed class MappingTests : IDisposable
{
    private readonly ConfigurationBench _bench = new();

    [Fact]
    public void Every_engine_setting_comes_from_the_configuration()
    {
        _bench.WithFile("""
            {
              "Engine": {
                "Id": "x9", "VolumeThreshold": 55, "BatchTradesMax": 2, "BatchWaitMs": 3, "PendingTradesMax": 2048, "QuoteIntervalMs": 5, "SnapshotIntervalMs": 600,
                "ReconcileIntervalMs": 7000, "ReconcileWeightShare": 0.4, "KeepAliveIntervalMs": 800, "CancelOrdersOnStop": false,
                "Symbols": [ { "Symbol": "BTCUSDT", "VolumeThreshold": 1.5, "Accounts": ["alt"] }, { "Symbol": "ETHUSDT", "Strategies": ["momentum"] } ]
              },
              "Accounts": [ { "Name": "main", "Limits": { "LeverageMax": 3 } }, { "Name": "alt" } ],
              "Strategies": { "Momentum": { "OfiLookback": 31 } }
            }
            """);
        var loaded = _bench.Load();
        loaded.Report().ShouldBe("");

        var settings = loaded.Options.ToEngineSettings();

        settings.EngineId.ShouldBe("x9");
        settings.VenueName.ShouldBe("built-in");
        settings.Symbols.Select(s => (s.Symbol, s.Pipeline.VolumeThreshold)).ShouldBe([("BTCUSDT", 1.5m), ("ETHUSDT", 55m)]);
        settings.Symbols.Select(s => string.Join(',', s.Accounts)).ShouldBe(["alt", "main,alt"]);
        settings.Symbols.Select(s => string.Join(',', s.Strategies)).ShouldBe(["regime,momentum,reversion", "momentum"]);
        settings.Accounts.Select(a => (a.Name, a.Limits.LeverageMax)).ShouldBe([("main", 3m), ("alt", 1.5m)]);
        settings.Symbols.ShouldAllBe(s => s.Signals.Momentum.OfiLookback == 31);
        settings.BatchTradesMax.ShouldBe(2);
        settings.BatchWaitMs.ShouldBe(3);
        settings.PendingTradesMax.ShouldBe(2048);
        settings.QuoteIntervalMs.ShouldBe(5);
        settings.SnapshotIntervalMs.ShouldBe(600);
        settings.ReconcileIntervalMs.ShouldBe(7000);
        settings.ReconcileWeightShare.ShouldBe(0.4);
        settings.KeepAliveIntervalMs.ShouldBe(800);
        settings.CancelOrdersOnStop.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("BTCUSDT,ETHUSDT")]
    public void A_symbol_has_the_parameters_of_all_symbols_but_for_what_it_says_itself(string names)
    {
        _bench.WithFile("""
            {
              "Engine": {
                "Symbols": [
                  {
                    "Symbol": "BTCUSDT",
                    "Signals": {
                      "Momentum": { "OfiThreshold": 0.3 }, "Regime": { "HighRatio": 2, "Reading": "IntraBar" }, "RegimeFactors": { "High": 0.25 }, "StopOfiLookback": 9
                    }
                  },
                  { "Symbol": "ETHUSDT" }
                ]
              },
              "Strategies": {
                "Regime": { "LowRatio": 0.4 }, "Momentum": { "OfiLookback": 31, "OfiThreshold": 0.2 }, "Reversion": { "Decline": "Slope" },
                "Combination": { "ReversionFactor": 1.5 }, "RegimeFactors": { "Low": 0.6, "High": 0.4 }
              }
            }
            """);
        var loaded = names.Length == 0 ? _bench.Load() : _bench.Load("--Engine:Symbols", names);
        loaded.Report().ShouldBe("");

        var (own, plain) = (loaded.Options.ToEngineSettings().Symbols[0], loaded.Options.ToEngineSettings().Symbols[1]);

        var all = new SignalOptions
        {
            Regime = new RegimeOptions { LowRatio = 0.4 },
            Momentum = new MomentumOptions { OfiLookback = 31, OfiThreshold = 0.2 },
            Reversion = new ReversionOptions { Decline = VolumeDecline.Slope },
            Combination = new CombinationOptions { ReversionFactor = 1.5 },
        };
        plain.Signals.ShouldBe(all);
        plain.RegimeFactors.ShouldBe(new RegimeFactors { Low = 0.6m, High = 0.4m });
        own.Signals.ShouldBe(all with
        {
            Momentum = all.Momentum with { OfiThreshold = 0.3 },
            Regime = all.Regime with { HighRatio = 2, Reading = VolatilityReading.IntraBar },
            StopOfiLookback = 9,
        });
        own.RegimeFactors.ShouldBe(new RegimeFactors { Low = 0.6m, High = 0.25m });
    }

    [Fact]
    public void Defaults_of_the_parameters_are_those_of_the_signals()
    {
        var settings = _bench.Load().Options.ToEngineSettings();

        settings.Symbols.ShouldAllBe(s => s.Signals == new SignalOptions() && s.RegimeFactors == new RegimeFactors());
        settings.Symbols.ShouldAllBe(s => s.Strategies.SequenceEqual(StrategyNames.All));
    }

    [Fact]
    public void Defaults_of_the_configuration_are_those_of_the_grains()
    {
        var settings = _bench.Load().Options.ToEngineSettings();
        var bare = new Granary.Grains.Configuration.EngineSettings { EngineId = "", VenueName = "", Symbols = [], Accounts = [] };

        (bare with { EngineId = settings.EngineId, VenueName = settings.VenueName, Symbols = settings.Symbols, Accounts = settings.Accounts }).ShouldBe(settings);
        settings.Accounts.Single().Limits.ShouldBe(new Granary.Engine.Risk.RiskLimits());
    }

    [Fact]
    public void Exchange_options_are_valid_for_the_exchange()
    {
        _bench.WithFile("""
            {"Accounts":[{"Name":"main"},{"Name":"alt"}],
             "Exchange":{"Market":"Replay","Speed":0,"Seed":9,"QueueModel":"front","MakerFee":-0.0001,"TakerFee":0.001,"Leverage":7,"InitialBalance":5,"BracketFile":"brackets.json","QueuePower":2.5,"OrderLatencyMs":12,"LatencySpread":0.3,
             "Tapes":[{"Symbol":"ETHUSDT","File":"eth.csv"}]}}
            """);
        var loaded = _bench.Load();
        loaded.Report().ShouldBe("");

        var exchange = loaded.Options.ToExchangeOptions();

        exchange.Validate();
        exchange.Market.ShouldBe(MarketKind.Replay);
        exchange.Speed.ShouldBe(0);
        exchange.Seed.ShouldBe(9ul);
        exchange.QueueModel.ShouldBe(QueueModel.Front);
        exchange.MakerFee.ShouldBe(-0.0001m);
        exchange.TakerFee.ShouldBe(0.001m);
        exchange.Leverage.ShouldBe(7);
        exchange.QueuePower.ShouldBe(2.5);
        exchange.Latency.ShouldBe(new Granary.Exchange.LatencyOptions { EntryMs = 12, Spread = 0.3 });
        exchange.BracketPath.ShouldBe(Path.Combine(_bench.Folder, "brackets.json"));
        exchange.Accounts.Select(a => (a.Name, a.ApiKey, a.InitialBalance)).ShouldBe([("main", "granary-test-key", 5m), ("alt", "granary-test-key-alt", 5m)]);
        exchange.TapeFiles["ETHUSDT"].ShouldBe(Path.Combine(_bench.Folder, "eth.csv"));
        exchange.DataPath.ShouldBe(Path.Combine(_bench.Folder, "data", "exchange"));
    }

    [Theory]
    [InlineData("built-in", "http://127.0.0.1:4711/", "ws://127.0.0.1:4711/", false)]
    [InlineData("testnet", "https://testnet.binancefuture.com/", "wss://fstream.binancefuture.com/", false)]
    [InlineData("demo", "https://demo-fapi.binance.com/", "wss://demo-fstream.binance.com/", false)]
    [InlineData("production", "https://fapi.binance.com/", "wss://fstream.binance.com/", true)]
    public void Each_venue_has_its_addresses(string venue, string rest, string stream, bool realMoney)
    {
        (_bench.Environment["GRANARY_API_KEY"], _bench.Environment["GRANARY_API_SECRET"]) = ("k", "s");
        var loaded = _bench.Load("--Venue:Name", venue, "--Venue:AllowRealMoney", "true");
        loaded.Report().ShouldBe("");

        var options = loaded.Options.ToVenueOptions(loaded.Credentials["main"], "http://127.0.0.1:4711");

        options.RestUrl.ToString().ShouldBe(rest);
        options.StreamUrl.ToString().ShouldBe(stream);
        options.ApiKey.ShouldNotBeNull();
        loaded.Options.IsRealMoney().ShouldBe(realMoney);
    }

    public void Dispose() => _bench.Dispose();
}

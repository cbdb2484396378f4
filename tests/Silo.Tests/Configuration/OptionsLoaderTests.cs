using Granary.Engine.Execution.Placement;
using Granary.Exchange;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Loading;

namespace Granary.Silo.Tests.Configuration;

public sealed class OptionsLoaderTests : IDisposable
{
    private readonly ConfigurationBench _bench = new();

    [Fact]
    public void Without_any_source_the_defaults_stand_and_are_valid()
    {
        var loaded = _bench.Load();

        loaded.Report().ShouldBe("");
        loaded.Options.Engine.Symbols.Select(s => s.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT", "SOLUSDT"]);
        loaded.Options.Operator.Url.ShouldBe("http://127.0.0.1:8088");
        loaded.Options.Exchange.Url.ShouldBe("http://127.0.0.1:8089");
        loaded.Options.Exchange.Market.ShouldBe(MarketKind.Synthetic);
        loaded.Options.Exchange.Symbols.ShouldBe(["BTCUSDT", "ETHUSDT", "SOLUSDT"]);
        loaded.Options.Journal.Path.ShouldBe(Path.Combine(_bench.Folder, "data"));
        loaded.Options.Exchange.Path.ShouldBe(Path.Combine(_bench.Folder, "data", "exchange"));
        loaded.Options.Recording.Folder.ShouldBe(Path.Combine(_bench.Folder, "data", "tape"));
        loaded.Options.Operator.TokenFile.ShouldBe(Path.Combine(_bench.Folder, "data", "operator.token"));
        loaded.Credentials.Keys.ShouldBe(["main"]);
    }

    [Fact]
    public void The_file_in_the_repository_is_valid_and_states_the_defaults_but_for_the_profit_over_fees_and_how_entries_are_placed()
    {
        var file = _bench.WithFile(File.ReadAllText(Path.Combine(Repository.Root, ConfigurationFolder.FileName))).Load();
        using var empty = new ConfigurationBench();
        var defaults = empty.Load();

        file.Report().ShouldBe("");
        var account = file.Options.Accounts.Single();
        account.Limits.ProfitToFeesMin.ShouldBe(0, "the built-in market's bars earn less than their fees");
        var placement = file.Options.Placement;
        placement.Entry.ShouldBe(new PlacementPolicy { Style = PlacementStyle.LimitFirst }, "entries are patient first; an engine without a file leaves at market");
        var options = file.Options with
        {
            Accounts = [account with { Limits = account.Limits with { ProfitToFeesMin = 3 } }],
            Placement = placement with { Entry = placement.Entry with { Style = PlacementStyle.Taker } },
        };
        Flat(options, _bench.Folder).ShouldBe(Flat(defaults.Options, empty.Folder));
        file.Configuration["Serilog:WriteTo:1:Args:configure:0:Args:path"].ShouldBe(Path.Combine(_bench.Folder, "data", "log", "granary-.log"));
    }

    [Fact]
    public void Arguments_beat_prefixed_variables_beat_plain_variables_beat_the_file()
    {
        _bench.WithFile("""{"Engine":{"QuoteIntervalMs":1,"BatchWaitMs":1,"SnapshotIntervalMs":101,"Id":"f"}}""");
        _bench.Environment["Engine__BatchWaitMs"] = "2";
        _bench.Environment["Engine__SnapshotIntervalMs"] = "102";
        _bench.Environment["Engine__Id"] = "e";
        _bench.Environment["GRANARY_Engine__SnapshotIntervalMs"] = "103";
        _bench.Environment["GRANARY_ENGINE__ID"] = "p";

        var engine = _bench.Load("--Engine:Id", "a").Options.Engine;

        engine.QuoteIntervalMs.ShouldBe(1);
        engine.BatchWaitMs.ShouldBe(2);
        engine.SnapshotIntervalMs.ShouldBe(103);
        engine.Id.ShouldBe("a");
    }

    [Fact]
    public void The_three_addresses_that_others_rely_on_can_be_changed_each_way()
    {
        var options = _bench.Load("--Operator:Url=http://127.0.0.1:0", "--Exchange:Url", "http://localhost:0", "--Journal:Path", "elsewhere").Options;

        options.Operator.Url.ShouldBe("http://127.0.0.1:0");
        options.Exchange.Url.ShouldBe("http://localhost:0");
        options.Journal.Path.ShouldBe(Path.Combine(_bench.Folder, "elsewhere"));
        options.Operator.TokenFile.ShouldBe(Path.Combine(_bench.Folder, "elsewhere", "operator.token"));
    }

    [Fact]
    public void All_errors_are_listed_at_once_each_with_option_value_and_range()
    {
        _bench.WithFile("""
            {
              "Engine": { "BatchWaitMs": 5000, "QuoteIntervalMs": "often", "Id": "too-long", "BatchWaitMS_": 1 },
              "Accounts": [ { "Name": "main", "Limits": { "RiskPerTrade": 5, "LeverageMax": 0, "RiskPerTrad": 1 } } ],
              "Exchange": { "Market": "Real", "Url": "http://0.0.0.0:8089" },
              "Strategies": { "Momentum": { "OfiThreshold": 2 } },
              "Jurnal": { "Path": "x" }
            }
            """);

        var loaded = _bench.Load("--Venue:Name", "mars");

        loaded.Errors.Select(e => e.Message).ShouldBe(
            [
                "Jurnal is not a section; did you mean Journal?",
                "Engine:BatchWaitMS_ is not an option; did you mean BatchWaitMs?",
                "Engine:Id was 'too-long'; allowed is 1 to 4 letters or digits",
                "Engine:BatchWaitMs was '5000'; allowed is 0 to 1,000",
                "Engine:QuoteIntervalMs was 'often'; allowed is 1 to 10,000",
                "Accounts:0:Limits:RiskPerTrad is not an option; did you mean RiskPerTrade?",
                "Accounts:0:Limits:RiskPerTrade was 5, expected above 0 to 0.1",
                "Accounts:0:Limits:LeverageMax was 0, expected above 0 to 125",
                "Venue:Name was 'mars'; allowed is built-in, testnet, demo, production",
                "Exchange:Url was 'http://0.0.0.0:8089'; allowed is http address on loopback with a port",
                "Exchange:Market was 'Real'; allowed is Synthetic, Replay, Capture",
                "Strategies:Momentum:OfiThreshold was 2, expected above 0 to 1",
            ],
            ignoreOrder: true);
        loaded.IsValid.ShouldBeFalse();
        loaded.Report().ShouldContain("wrong in 12 places");
        loaded.Report().ShouldContain("docs/reference/configuration.md");
    }

    [Theory]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("https://999.1.1.1:8088")]
    [InlineData("https://granary.example:8088")]
    [InlineData("ftp://127.0.0.1:8088")]
    [InlineData("http://127.0.0.1:8088/x")]
    [InlineData("http://127.0.0.1.example.com:8088")]
    [InlineData("http://127.0.0.1@example.com:8088")]
    [InlineData("8088")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string url) =>
        _bench.Errors("--Operator:Url", url).ShouldBe([$"Operator:Url was '{url}'; allowed is http or https address with localhost or an IP number and a port"]);

    [Fact]
    public void Operator_and_exchange_cannot_share_a_port() =>
        _bench.Errors("--Exchange:Url", "http://127.0.0.1:8088").Single().ShouldContain("whose port is that of Operator:Url");

    [Theory]
    [InlineData("replay", "argument 'replay' was not understood")]
    [InlineData("--Journal:Path", "argument '--Journal:Path' has no value")]
    [InlineData("--", "argument '--' was not understood")]
    [InlineData("--Nonsense:X=1", "Nonsense is not a section")]
    [InlineData("--Journal:Pth=1", "Journal:Pth is not an option; did you mean Path?")]
    [InlineData("--Engine=1:2", "")]
    public void Arguments_that_are_not_understood_are_named(string argument, string message)
    {
        var errors = _bench.Errors(argument);
        if (message.Length == 0) errors.ShouldBeEmpty();
        else errors.Single().ShouldStartWith(message);
    }

    [Theory]
    [InlineData("{ \"Engine\": ")]
    [InlineData("[]")]
    [InlineData("{\"Engine\":{\"Id\":\"a\",\"id\":\"b\"}}")]
    public void A_damaged_file_is_named(string json) => _bench.WithFile(json).Errors()[0].ShouldContain(Path.Combine(_bench.Folder, "appsettings.json"));

    [Fact]
    public void A_plain_list_of_symbols_picks_them_and_keeps_what_the_file_says_of_them()
    {
        _bench.WithFile("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","VolumeThreshold":7},{"Symbol":"ETHUSDT","VolumeThreshold":8}]}}""");

        var loaded = _bench.Load("--Engine:Symbols", "APEUSDT, BTCUSDT", "--Engine:VolumeThreshold", "5000");

        loaded.Report().ShouldBe("");
        loaded.Options.Engine.Symbols.Select(s => (s.Symbol, s.VolumeThreshold)).ShouldBe([("APEUSDT", null), ("BTCUSDT", 7m)]);
        loaded.Options.Exchange.Symbols.ShouldBe(["APEUSDT", "BTCUSDT"]);
    }

    [Theory]
    [InlineData("""{"Engine":{"Symbols":[{"VolumeThreshold":7}]}}""", "Engine:Symbols:0:Symbol is missing; allowed is 2 to 20 upper-case letters or digits")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT"},{"Symbol":"BTCUSDT"}]}}""", "Engine:Symbols:1:Symbol was 'BTCUSDT', which is in the list already")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"btcusdt"}]}}""", "Engine:Symbols:0:Symbol was 'btcusdt'; allowed is 2 to 20 upper-case letters or digits")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"DOGEUSDT"}]}}""", "Exchange:Symbols was 'DOGEUSDT', whose rules the built-in exchange does not know; allowed is BTCUSDT, ETHUSDT, SOLUSDT, APEUSDT")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","Strategies":["magic"]}]}}""", "Engine:Symbols:0:Strategies was 'magic'; there is no strategy 'magic'; configure one of: regime, momentum, reversion, Breakout")]
    [InlineData("""{"Strategies":{"Rules":[{"Name":"Breakout","Parameters":["Lookback=1"]}]}}""", "Strategies:Rules:0:Parameters: Lookback of Breakout was 1, expected a whole number of 2 to 10000")]
    [InlineData("""{"Strategies":{"Rules":[{"Name":"Brakeout"}]}}""", "Strategies:Rules:0:Name was 'Brakeout', which is no rule; there are: Breakout")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","Strategies":["reversion","regime"]}]}}""", "Engine:Symbols:0:Strategies was 'reversion, regime'; reversion needs regime and momentum, whose decisions it rests on; configure all three, or leave reversion out")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","Signals":{"Momentum":{"OfiLookbak":3}}}]}}""", "Engine:Symbols:0:Signals:Momentum:OfiLookbak is not an option; did you mean OfiLookback?")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","Signals":{"RegimeFactors":{"Low":-1}}}]}}""", "Engine:Symbols:0:Signals:RegimeFactors:Low was -1, expected 0 to 10")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT"}]},"Strategies":{"Regime":{"SignalZWindow":50}}}""", "Strategies:Regime:SignalZWindow was '50'; allowed is a window of the z-scores: 20, 100, 500")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","Accounts":["other"]}]}}""", "Engine:Symbols:0:Accounts was 'other'; allowed is a name of Accounts: main")]
    [InlineData("""{"Engine":{"Symbols":[{"Symbol":"BTCUSDT","VolumeThreshold":0}]}}""", "Engine:Symbols:0:VolumeThreshold was '0'; allowed is above 0 to 10,000,000,000")]
    [InlineData("""{"Exchange":{"Symbols":["ETHUSDT"]},"Engine":{"Symbols":[{"Symbol":"BTCUSDT"}]}}""", "Engine:Symbols was 'BTCUSDT', which the venue does not list; allowed is a symbol of Exchange:Symbols")]
    [InlineData("""{"Exchange":{"Market":"Replay"}}""", "Exchange:Tapes has 0 entries; a Replay market needs a file for at least one symbol")]
    [InlineData("""{"Exchange":{"Market":"Replay","Tapes":[{"Symbol":"BTCUSDT"}]}}""", "Exchange:Tapes:0:File is missing; allowed is a file name")]
    [InlineData("""{"Exchange":{"Market":"Replay","Tapes":[{"Symbol":"XRPUSDT","File":"x"}]}}""", "Exchange:Tapes:0:Symbol was 'XRPUSDT'; allowed is a symbol of Exchange:Symbols")]
    [InlineData("""{"Exchange":{"Tapes":[{"Symbol":"BTCUSDT","File":"x"}]}}""", "Exchange:Tapes has 1 entries, which a Synthetic market does not read; set Exchange:Market to Replay or Capture")]
    [InlineData("""{"Engine":{"Id":{"Oops":1}}}""", "Engine:Id takes one value, not a section with Oops")]
    [InlineData("""{"Accounts":[{"Name":"main","Limits":{"DrawdownRestoreAt":0.5}}]}""", "Accounts:0:Limits:DrawdownRestoreAt was 0.5, expected 0 to 0.08")]
    [InlineData("""{"Exchange":{"Seed":-1}}""", "Exchange:Seed was '-1'; allowed is 0 to 18,446,744,073,709,551,615")]
    public void Wrong_values_are_named(string json, string message) => _bench.WithFile(json).Errors().ShouldBe([message]);

    [Fact]
    public void Limits_that_only_hold_together_are_accepted_together()
    {
        _bench.WithFile("""{"Accounts":[{"Name":"main","Limits":{"DrawdownReduceAbove":0.03,"DrawdownRestoreAt":0.02}}]}""");

        _bench.Errors().ShouldBeEmpty();
    }

    [Fact]
    public void Lists_of_limits_are_named_by_their_first_option()
    {
        var limits = _bench.WithFile("""
            {"Accounts":[{"Name":"main","Limits":{
              "CorrelationGroups":[{"Name":"majors","Symbols":"BTCUSDT,ETHUSDT","EquityShareMax":0.08}],
              "SymbolLimits":[{"Symbol":"BTCUSDT","PositionNotionalMax":1000}],
              "KillSwitchTriggers":[{"Name":"dd","Kind":"Drawdown","Threshold":0.2,"Action":"Flatten"}],
              "Kelly":{"Cap":0.5}}}]}
            """).Load().Options.Accounts.Single().Limits;

        limits.CorrelationGroups.Single().Symbols.ShouldBe(["BTCUSDT", "ETHUSDT"]);
        limits.SymbolLimits.Single().PositionNotionalMax.ShouldBe(1_000);
        limits.KillSwitchTriggers.Single().Action.ShouldBe(Granary.Engine.Risk.StopAction.Flatten);
        limits.Kelly.Cap.ShouldBe(0.5);
        _bench.WithFile("""{"Accounts":[{"Name":"main","Limits":{"SymbolLimits":[{"PositionNotionalMax":1}]}}]}""").Errors()[0]
            .ShouldStartWith("Accounts:0:Limits:SymbolLimits:0:Symbol is missing");
    }

    [Fact]
    public void Tape_files_start_from_the_folder_of_the_file_and_need_not_exist_yet()
    {
        _bench.WithFile("""{"Exchange":{"Market":"Replay","Tapes":[{"Symbol":"BTCUSDT","File":"tapes/btc.zip"}]}}""");

        var loaded = _bench.Load();

        loaded.Report().ShouldBe("");
        loaded.Options.Exchange.Tapes.Single().File.ShouldBe(Path.Combine(_bench.Folder, "tapes", "btc.zip"));
    }

    [Fact]
    public void A_foreign_variable_does_not_disturb()
    {
        _bench.Environment["ENGINE"] = "docker";
        _bench.Environment["GRANARY_URL"] = "http://x";
        _bench.Environment["SOME__THING"] = "1";

        _bench.Errors().ShouldBeEmpty();
    }

    [Fact]
    public void The_file_is_found_from_the_program_folder_and_from_below_the_root()
    {
        _bench.WithFile("{}");
        var below = Directory.CreateDirectory(Path.Combine(_bench.Folder, "src", "Silo")).FullName;
        using var elsewhere = new ConfigurationBench();

        ConfigurationFolder.Find(below, elsewhere.Folder).ShouldBe(_bench.Folder);
        ConfigurationFolder.Find(elsewhere.Folder, below).ShouldBe(_bench.Folder);
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>A record's values as text, without the folder that they were loaded in.</summary>
    private static string Flat(GranaryOptions options, string folder) =>
        System.Text.Json.JsonSerializer.Serialize(options).Replace(folder.Replace("\\", "\\\\"), "");
}

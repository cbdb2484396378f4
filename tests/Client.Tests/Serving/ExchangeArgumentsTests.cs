using Granary.Client.Cli;
using Granary.Client.Serving;
using Granary.Exchange;
using Granary.Tape;

namespace Granary.Client.Tests.Serving;

public sealed class ExchangeArgumentsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("granary-exchange");

    private ExchangeArguments Arguments => new() { Folder = _folder.FullName };

    [Fact]
    public void Without_arguments_there_is_a_synthetic_market_and_the_test_account()
    {
        var options = Arguments.ToOptions();

        options.Market.ShouldBe(MarketKind.Synthetic);
        options.Symbols.Select(rules => rules.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT", "SOLUSDT"]);
        var account = options.Accounts.ShouldHaveSingleItem();
        (account.ApiKey, account.ApiSecret, account.InitialBalance).ShouldBe(("granary-test-key", "granary-test-secret", 100_000m));
    }

    [Fact]
    public void Accounts_are_read_with_and_without_a_balance()
    {
        var options = (Arguments with { Accounts = ["name=a,key=k1,secret=s=1,balance=10000.5", "secret=s2,key=k2,name=b"] }).ToOptions();

        options.Accounts.Select(account => (account.Name, account.ApiKey, account.ApiSecret, account.InitialBalance))
            .ShouldBe([("a", "k1", "s=1", 10_000.5m), ("b", "k2", "s2", 100_000m)]);
    }

    [Theory]
    [InlineData("name=a,key=k", "no secret")]
    [InlineData("name=a,key=k,secret=s,balance=-1", "balance=-1")]
    [InlineData("name=a,key=k,secret=s,colour=red", "colour=red")]
    [InlineData("name=a,name=b,key=k,secret=s", "name=b")]
    [InlineData("name=a,key=k,secret=hidden,secret=hidden", "secret=...")]
    public void A_wrong_account_is_named_without_its_secret(string text, string named)
    {
        var failure = Should.Throw<ConsoleFailure>(() => ExchangeArguments.Account(text));

        failure.Message.ShouldContain(named);
        failure.Message.ShouldNotContain("hidden");
        failure.ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public void A_symbol_without_rules_is_named_with_those_that_have_them() =>
        Should.Throw<ConsoleFailure>(() => (Arguments with { Symbols = ["BTCUSDT,DOGEUSDT"] }).ToOptions())
            .ShouldSatisfyAllConditions(failure => failure.Message.ShouldContain("DOGEUSDT"), failure => failure.Hint.ShouldContain("SOLUSDT"));

    [Fact]
    public void Trades_are_replayed_under_their_symbol()
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "trades.csv"),
            "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n1,100.0,1,1,1,1700000000000,true\n");

        var options = (Arguments with { Replays = ["ETHUSDT=trades.csv"] }).ToOptions();

        options.Market.ShouldBe(MarketKind.Replay);
        options.Symbols.ShouldHaveSingleItem().Symbol.ShouldBe("ETHUSDT");
        options.TapeFiles["ETHUSDT"].ShouldBe(Path.Combine(_folder.FullName, "trades.csv"));
    }

    [Fact]
    public void A_capture_is_told_from_trades_by_what_is_in_it()
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "capture"),
            """1700000000000000000 {"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000000,"T":1700000000000,"s":"BTCUSDT","t":1,"p":"100.0","q":"1","X":"MARKET","m":true}}""" + "\n");

        (Arguments with { Symbols = ["BTCUSDT"], Replays = ["capture"] }).ToOptions().Market.ShouldBe(MarketKind.Capture);
    }

    [Fact]
    public void A_file_without_a_symbol_is_refused() =>
        Should.Throw<ConsoleFailure>(() => (Arguments with { Replays = ["trades.csv"] }).ToOptions()).Hint.ShouldContain("SYMBOL=FILE");

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<TapeException>(() => (Arguments with { Symbols = ["BTCUSDT"], Replays = ["gone.csv"] }).ToOptions()).Message.ShouldContain("gone.csv");

    public void Dispose() => _folder.Delete(recursive: true);
}

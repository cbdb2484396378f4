using System.Globalization;
using System.Text.Json;
using Granary.Exchange.Accounts;
using Granary.Exchange.Tests.Conditional;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Accounts;

public sealed class BracketFileTests : IDisposable
{
    private const string Bracket =
        """{"bracket":1,"initialLeverage":75,"notionalCap":10000,"notionalFloor":0,"maintMarginRatio":0.0065,"cum":0}""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Both_forms_give_the_same()
    {
        var venue = BracketFile.Load(Write($$"""[{"symbol":"ETHUSDT","notionalCoef":1.5,"brackets":[{{Bracket}}]}]"""));
        var ccxt = BracketFile.Load(Write($$"""{"ETH/USDT:USDT":[{"tier":1.0,"info":{{Bracket}}}]}"""));
        venue.Keys.ShouldBe(["ETHUSDT"]);
        ccxt["ETHUSDT"].ShouldBe(venue["ETHUSDT"]);
        ccxt["ETHUSDT"].Single().ShouldBe(new(1, 75, 0, 10_000m, 0.0065m, 0));
    }

    [Theory]
    [InlineData("""{"ETH/USDT:USDT":[]}""", "no leverage brackets")]
    [InlineData("""[{"symbol":"ETHUSDT"}]""", "no field brackets")]
    [InlineData("""[{"symbol":"ETHUSDT","brackets":[{"bracket":1,"initialLeverage":"x"}]}]""", "initialLeverage was \"x\"")]
    [InlineData("""{"ETH/USDT:USDT":[{"info":{"bracket":1,"initialLeverage":75,"notionalCap":1,"notionalFloor":5,"maintMarginRatio":0.1,"cum":0}}]}""", "notionalCap")]
    [InlineData("7", "array")]
    [InlineData("{", "")]
    public void What_is_wrong_is_named(string text, string expected)
    {
        var path = Write(text);
        var message = Should.Throw<InvalidDataException>(() => BracketFile.Load(path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(expected);
    }

    [SharedFact("data/exchange-info/um-leverageBrackets-2026-05.json.gz")]
    public void The_real_set_loads_and_the_defaults_are_in_it()
    {
        var all = BracketFile.Load(SharedFile.Get("data/exchange-info/um-leverageBrackets-2026-05.json.gz"));
        all.Count.ShouldBe(719);
        all.ContainsKey("BTCUSDT_260626").ShouldBeTrue();
        foreach (var (symbol, brackets) in BracketCatalog.Defaults) all[symbol].ShouldBe(brackets);
        foreach (var (symbol, brackets) in all)
        {
            var table = new BracketTable(symbol, brackets);
            foreach (var bracket in brackets.Skip(1))
            {
                // Continuous where brackets meet, to the rounding of the published amounts.
                var above = (bracket.NotionalFloor * bracket.MaintenanceRate) - bracket.Cum;
                Math.Abs(table.Maintenance(bracket.NotionalFloor) - above).ShouldBeLessThanOrEqualTo(0.01m, symbol);
            }
        }
    }

    [SharedFact("data/exchange-info/um-leverageBrackets-2026-05.json.gz")]
    public void An_exchange_takes_its_brackets_from_the_file_and_publishes_them()
    {
        var path = SharedFile.Get("data/exchange-info/um-leverageBrackets-2026-05.json.gz");
        var all = BracketFile.Load(path);
        string[] symbols = ["1000PEPEUSDT", "DOGEUSDT", "BTCUSDT"];
        using var rig = new DeskRig(new ExchangeOptions
        {
            Symbols = [.. symbols.Select(s => Exchanges.Rules with { Symbol = s }), Exchanges.Rules with { Symbol = "UNKNOWNUSDT" }],
            Accounts = Exchanges.TwoAccounts.Accounts,
            BracketPath = path,
            MaintenanceMarginRate = 0.01m,
        });
        var told = rig.Ask("GET", "/fapi/v1/leverageBracket", "").EnumerateArray().ToDictionary(
            s => s.GetProperty("symbol").GetString()!, s => s.GetProperty("brackets").EnumerateArray().ToArray());
        var info = rig.Ask("GET", "/fapi/v1/exchangeInfo", "").GetProperty("symbols").EnumerateArray().ToDictionary(s => s.GetProperty("symbol").GetString()!);
        foreach (var symbol in symbols)
        {
            rig.Exchange.GetBrackets(symbol).ShouldBe(all[symbol]);
            told[symbol].Select(b => b.GetProperty("cum").GetDecimal()).ShouldBe(all[symbol].Select(b => b.Cum));
            Percents(info[symbol]).ShouldBe((all[symbol][0].MaintenanceRate * 100, decimal.Round(100m / all[symbol][0].InitialLeverage, 4)));
        }
        Percents(info["UNKNOWNUSDT"]).ShouldBe((1m, 0.8m));

        static (decimal Maintenance, decimal Required) Percents(JsonElement symbol) => (
            decimal.Parse(symbol.GetProperty("maintMarginPercent").GetString()!, CultureInfo.InvariantCulture),
            decimal.Parse(symbol.GetProperty("requiredMarginPercent").GetString()!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_wrong_file_stops_the_exchange_from_opening_and_is_named()
    {
        var path = Write("[]x");
        Should.Throw<InvalidDataException>(() => new DeskRig(Exchanges.TwoAccounts with { BracketPath = path })).Message.ShouldStartWith(path);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.Path, "brackets.json");
        File.WriteAllText(path, text);
        return path;
    }
}

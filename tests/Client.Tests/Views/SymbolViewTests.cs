using Granary.Client.Cli;

namespace Granary.Client.Tests.Views;

/// <summary>An operator with backup feeds sees on the symbol how the primary stands beside them; one without sees nothing of it.</summary>
public sealed class SymbolViewTests : IDisposable
{
    private readonly ConsoleBench _bench = new();

    [Fact]
    public async Task The_verdict_on_the_feed_is_shown_as_it_was_said()
    {
        var symbol = Samples.Symbol.Replace("\"laterField\"", "\"feed\":\"Stale: okx [trades]\",\"laterField\"");
        _bench.Silo.On("GET /api/v1/symbols/BTCUSDT", symbol);

        (await _bench.RunAsync("symbol", "BTCUSDT")).ShouldBe(ExitCode.Ok, _bench.Error);

        _bench.Output.Split('\n').Single(line => line.Contains("market feed")).ShouldContain("Stale: okx [trades]");
    }

    [Fact]
    public async Task Without_backups_there_is_no_row()
    {
        _bench.Silo.On("GET /api/v1/symbols/BTCUSDT", Samples.Symbol);

        (await _bench.RunAsync("symbol", "BTCUSDT")).ShouldBe(ExitCode.Ok, _bench.Error);

        _bench.Output.ShouldContain("protection");
        _bench.Output.ShouldNotContain("market feed");
    }

    public void Dispose() => _bench.Dispose();
}

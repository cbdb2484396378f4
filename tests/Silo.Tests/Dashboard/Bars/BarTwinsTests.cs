using Granary.Silo.Dashboard.Bars;
using Granary.Silo.Hosting;
using Granary.Silo.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Silo.Tests.Dashboard.Bars;

/// <summary>A whole silo: the dashboard's bars are the grain's to the bit, also after a restart.</summary>
public sealed class BarTwinsTests : IDisposable
{
    private readonly SiloBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bars_have_the_fingerprint_of_the_grain(bool isRecording)
    {
        string[] args = ["--Exchange:Speed", "50", "--Recording:Enabled", isRecording ? "true" : "false"];
        long before;
        await using (var silo = await _bench.StartActiveAsync(args)) before = await SameAsync(silo, 20);
        await using (var silo = await _bench.StartActiveAsync(args)) await SameAsync(silo, before + 5);
    }

    private async Task<long> SameAsync(SiloApplication silo, long barsMin)
    {
        var twin = silo.Host.Services.GetRequiredService<BarTwins>().Of("BTCUSDT");
        long bars = 0;
        await _bench.UntilAsync(async () =>
        {
            var view = await SiloBench.Symbol(silo, "BTCUSDT").GetView();
            bars = view.Bars;
            // Both move on; equal fingerprints are those of equal bars.
            return view.Bars >= barsMin && twin.Newest(1).Bars.Count == 1 && twin.Digest == view.BarDigest;
        });
        twin.Newest(1).Bars.Single().Index.ShouldBeGreaterThanOrEqualTo(bars - 1);
        return bars;
    }
}

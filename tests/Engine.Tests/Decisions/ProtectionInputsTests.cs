using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Signals;

namespace Granary.Engine.Tests.Decisions;

public sealed class ProtectionInputsTests
{
    private static readonly List<FeatureBar> Bars = SignalScenes.Bars(3);

    [Fact]
    public void The_slope_is_that_of_a_least_squares_line_over_ten_bars()
    {
        var inputs = new ProtectionInputs(5);
        for (var i = 0; i < 40; i++)
        {
            inputs.Add(Bars[i]);
            if (i < 9)
            {
                inputs.Slope.ShouldBeNull();
                continue;
            }
            double[] deltas = [.. Bars[(i - 9)..(i + 1)].Select(b => (double)b.Features.CumulativeDelta)];
            var expected = deltas.Select((d, x) => (x - 4.5) * d).Sum() / 82.5;
            inputs.Slope!.Value.ShouldBe(expected, 1e-9 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void A_restored_one_goes_on_alike_and_another_span_warms_up_again()
    {
        var whole = new ProtectionInputs(5);
        foreach (var bar in Bars[..23]) whole.Add(bar);
        var writer = new SnapshotWriter();
        whole.Write(writer);
        var (same, other) = (Read(writer.ToArray(), 5), Read(writer.ToArray(), 4));
        foreach (var bar in Bars[23..26])
        {
            foreach (var inputs in new[] { whole, same, other }) inputs.Add(bar);
            same.ToGuardBar(bar).ShouldBe(whole.ToGuardBar(bar));
            other.Slope.ShouldBe(whole.Slope);
            other.EmaOfi.ShouldBeNull();
        }
        other.Add(Bars[26]);
        other.EmaOfi.ShouldNotBeNull();
    }

    [Fact]
    public void A_damaged_snapshot_is_refused()
    {
        var inputs = new ProtectionInputs(5);
        inputs.Add(Bars[0]);
        var writer = new SnapshotWriter();
        inputs.Write(writer);
        var bytes = writer.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InvalidDataException>(() => Read(cut, 5));
        }
        Should.Throw<ArgumentOutOfRangeException>(() => new ProtectionInputs(0));
    }

    private static ProtectionInputs Read(byte[] bytes, int span)
    {
        var reader = new SnapshotReader(bytes);
        return ProtectionInputs.Read(ref reader, span);
    }
}

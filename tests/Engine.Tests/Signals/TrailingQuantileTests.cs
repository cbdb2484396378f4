using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Signals;

public sealed class TrailingQuantileTests
{
    [Fact]
    public void It_is_the_quantile_of_the_last_items_sorted() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 12)), Arb.From(Gen.Choose(0, 10)), Arb.From(Gen.Choose(0, 20).ArrayOf()),
        (capacity, tenths, items) =>
        {
            var quantile = new TrailingQuantile(capacity, tenths / 10.0);
            for (var i = 0; i < items.Length; i++)
            {
                quantile.Push(items[i] / 7.0);
                if (i + 1 < capacity)
                {
                    quantile.Value.ShouldBeNull();
                    continue;
                }
                var sorted = items[(i + 1 - capacity)..(i + 1)].Order().ToArray();
                var place = tenths * (capacity - 1) / 10m;
                var (low, high) = (sorted[(int)place], sorted[(int)Math.Ceiling(place)]);
                quantile.Value!.Value.ShouldBe((low + ((double)(place % 1) * (high - low))) / 7, 1e-12);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Forgetting_starts_anew()
    {
        var quantile = new TrailingQuantile(2, 1);
        quantile.Push(9);
        quantile.Push(8);
        quantile.Value.ShouldBe(9);
        quantile.Clear();
        quantile.Push(1);
        quantile.Value.ShouldBeNull();
        quantile.Push(2);
        quantile.Value.ShouldBe(2);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Grid;
using Granary.Engine.Margin;

namespace Granary.Engine.Tests.Grid;

/// <summary>
/// Random markets and faults: after every step the venue of the tests checks that the inventory is the sum of the filled rungs, no level closes two, margin and
/// liquidation price are within their bounds, and nothing took but saturation and the global stop.
/// </summary>
public sealed class MakerGridPropertyTests
{
    private static readonly LeverageBrackets Stepped = new(
        "BTCUSDT", [new(0, 20_000, 50, 0.004m), new(20_000, 60_000, 10, 0.01m), new(60_000, 1_000_000, 5, 0.05m)]);

    [Fact]
    public void Whatever_happens_the_promises_hold_and_a_quiet_cycle_brings_the_orders_to_what_is_desired() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Play).QuickCheckThrowOnFailure();

    internal static void Play(int seed)
    {
        var random = new Random(seed);
        var options = new GridOptions
        {
            Mode = (GridMode)random.Next(1, 4),
            StepRatio = random.Next(1, 5) * 0.01m,
            OrderFraction = random.Next(1, 12) * 0.01m,
            MarginShareMax = random.Next(1, 10) * 0.1m,
            OrdersMax = random.Next(4, 60),
            LookbackBars = random.Next(1, 20),
            RaiseAfterTrips = random.Next(1, 4),
            SimilarLevels = random.Next(0, 3),
        };
        var venue = GridVenue.Open(options, seed, brackets: random.Next(2) == 0 ? Stepped : null);
        var price = 90.0;
        venue.Grid.OnBar(100, 85);
        venue.Quote(90).Cycle();
        for (var i = 0; i < 120; i++)
        {
            price = Math.Clamp(price * Math.Exp((random.NextDouble() - 0.5) * 0.08 * (random.Next(10) == 0 ? 4 : 1)), 20, 400);
            switch (random.Next(12))
            {
                case 0:
                    venue.Grid.OnBar((decimal)(price * 1.05), (decimal)(price * 0.95));
                    break;
                case 1:
                    venue.CancelByHand(3).Reconnect();
                    break;
                case 2:
                    venue.ChangeByHand(3);
                    break;
                case 3:
                    venue.AddByHand();
                    break;
                case 4:
                    venue.Quote((decimal)price, isHeard: false, isPartial: true).Reconnect();
                    break;
                case 5:
                    venue.Restart();
                    break;
                case 6 when venue.Grid.Ladders.Any(ladder => ladder.IsStopped):
                    venue.Grid.Resume();
                    break;
                default:
                    venue.Quote((decimal)price, isPartial: true);
                    break;
            }
            venue.Quote((decimal)price, isPartial: random.Next(2) == 0);
            venue.Cycle(random.Next(3) == 0 ? 4 : 0);
        }

        venue.Reconnect().Settle();
        if (random.Next(2) == 0) venue.CancelByHand(2).Reconnect();
        else venue.ChangeByHand(2).AddByHand();
        venue.Cycle();
        venue.Grid.Plan(venue.Actual()).IsEmpty.ShouldBeTrue("one cycle after a disturbance there is nothing left to do");
    }
}

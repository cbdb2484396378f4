using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Grid;
using Granary.Engine.Margin;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Grid;

/// <summary>
/// Random markets and faults: after every step the venue of the tests checks that the inventory is the sum of the filled rungs, no level closes two, margin and
/// liquidation price are within their bounds, and nothing took but saturation and the global stop. A failing path is cut down to the steps that matter.
/// </summary>
public sealed class MakerGridPropertyTests
{
    private static readonly LeverageBrackets Stepped = new(
        "BTCUSDT", [new(0, 20_000, 50, 0.004m), new(20_000, 60_000, 10, 0.01m), new(60_000, 1_000_000, 5, 0.05m)]);

    [Fact]
    public void Whatever_happens_the_promises_hold_and_a_quiet_cycle_brings_the_orders_to_what_is_desired() =>
        Check(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Play);

    [Fact]
    public void A_budget_bounds_what_is_held_and_wanted_and_a_smaller_one_only_withdraws_entries() => Check(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        (setup, steps) =>
        {
            var venue = Play(setup, steps);
            if (venue.Grid.Leverage == 0) return;
            var held = venue.Grid.Ladders.Select(ladder => ladder.HeldE8).ToList();
            foreach (var budget in (decimal[])[20_000, 5_000, 0])
            {
                venue.Grid.OnBudget(budget, 40);
                venue.Settle();
                // With two ladders an order may close a lot of one and enter the other.
                if (venue.Grid.Ladders is not [var ladder]) continue;
                var wanted = venue.Orders.Where(order => !order.IsReduceOnly).Sum(order => Fixed8.ToDecimal(order.QuantityE8) * Fixed8.ToDecimal(order.PriceE8));
                if (wanted > 0) (ladder.EntryValue + wanted).ShouldBeLessThanOrEqualTo(budget);
            }
            venue.Grid.Ladders.Select(ladder => ladder.HeldE8).ShouldBe(held);
        });

    private static void Check(Arbitrary<int> setups, Action<int, int[]> check) =>
        Prop.ForAll(setups, ArbMap.Default.ArbFor<int[]>(), check).QuickCheckThrowOnFailure();

    private static void Check(Arbitrary<int> setups, Func<int, int[], GridVenue> check) => Check(setups, (setup, steps) => { check(setup, steps); });

    private static GridVenue Play(int setup, int[] steps)
    {
        var random = new Random(setup);
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
        var venue = GridVenue.Open(options, setup, brackets: random.Next(2) == 0 ? Stepped : null);
        var price = 90.0;
        venue.Grid.OnBar(100, 85);
        venue.Quote(90).Cycle();
        for (var i = 0; i < steps.Length; i++) price = Step(venue, new Random(unchecked((steps[i] * 7_919) + i)), price);

        venue.Reconnect().Settle();
        if (random.Next(2) == 0) venue.CancelByHand(2).Reconnect();
        else venue.ChangeByHand(2).AddByHand();
        venue.Cycle();
        venue.Grid.Plan(venue.Actual()).IsEmpty.ShouldBeTrue("one cycle after a disturbance there is nothing left to do");
        return venue;
    }

    /// <summary>One thing that happens, then the market, then a cycle of the grid.</summary>
    private static double Step(GridVenue venue, Random random, double price)
    {
        price = Math.Clamp(price * Math.Exp((random.NextDouble() - 0.5) * 0.08 * (random.Next(10) == 0 ? 4 : 1)), 20, 400);
        switch (random.Next(16))
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
            case 7:
                // Answers are lost, the market fills some of what arrived, and a new process finds out.
                venue.LoseAnswers().Quote((decimal)price, isHeard: false, isPartial: true).Restart().Reconnect();
                break;
            case 8:
                venue.LoseAnswers().Restart().Reconnect();
                break;
            case 9:
                venue.ReduceByHand().Cycle();
                break;
            case 10:
                venue.Grid.OnBudget(random.Next(2) == 0 ? null : random.Next(100_000), random.Next(4, 60));
                break;
            default:
                venue.Quote((decimal)price, isPartial: true);
                break;
        }
        venue.Quote((decimal)price, isPartial: random.Next(2) == 0);
        venue.Cycle(random.Next(3) == 0 ? 4 : 0);
        return price;
    }
}

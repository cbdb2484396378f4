using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Binance;

public sealed class WeightQueueTests
{
    private readonly World _world = new();
    private readonly List<string> _done = [];
    private readonly WeightBudget _budget;
    private readonly WeightQueue _queue;

    public WeightQueueTests()
    {
        // Manual time starts 30 s into a clock minute.
        _budget = new WeightBudget(100, 20, _world.Time);
        _queue = new WeightQueue(_budget, _world.Time);
    }

    [Fact]
    public void The_accounts_questions_overtake_the_markets_and_equals_keep_their_order()
    {
        Take("first", 80, CallPriority.MarketQuery);
        Take("market a", 40, CallPriority.MarketQuery);
        Take("market b", 1, CallPriority.MarketQuery);
        Take("account", 40, CallPriority.AccountQuery);
        Take("market c", 40, CallPriority.MarketQuery);
        (_done, _queue.Waiting).ShouldBe((["first"], 4), Comparer);
        // Cancels do not wait.
        _budget.TryTake(20, CallPriority.Reduction, out _).ShouldBeTrue();
        _world.AdvanceSeconds(30.1);
        // The cheap one does not slip past the dear one before it.
        _done.ShouldBe(["first", "account", "market a"]);
        _world.AdvanceSeconds(60);
        _done.ShouldBe(["first", "account", "market a", "market b", "market c"]);
        _queue.Waiting.ShouldBe(0);
    }

    [Fact]
    public void Patience_and_cancellation_end_the_wait_and_let_the_next_one_go_on()
    {
        using var stop = new CancellationTokenSource();
        Take("first", 80, CallPriority.MarketQuery);
        Take("impatient", 1, CallPriority.AccountQuery, 10);
        var cancelled = _world.Start(() => _queue.TakeAsync(1, CallPriority.AccountQuery, TimeSpan.FromSeconds(65), stop.Token));
        Take("patient", 1, CallPriority.MarketQuery);
        // It would have to wait 30 s, and says so at once.
        _done.ShouldBe(["first", "impatient: 30"]);
        stop.Cancel();
        _world.Drain();
        cancelled.IsCanceled.ShouldBeTrue();
        _world.AdvanceSeconds(30.1);
        _done.ShouldBe(["first", "impatient: 30", "patient"]);
    }

    [Fact]
    public void One_that_is_not_next_gives_up_when_its_patience_ends()
    {
        Take("first", 80, CallPriority.MarketQuery);
        Take("next", 1, CallPriority.AccountQuery);
        Take("behind", 1, CallPriority.MarketQuery, 5);
        _world.AdvanceSeconds(6);
        _done.ShouldBe(["first", "behind: 25"]);
        _budget.Block(120, true);
        _world.AdvanceSeconds(31);
        // What is next learns of the ban when it looks again.
        _done.Last().ShouldStartWith("next: ");
    }

    private static IEqualityComparer<(List<string>, int)> Comparer { get; } =
        EqualityComparer<(List<string> Done, int Waiting)>.Create((a, b) => a.Done.SequenceEqual(b.Done) && a.Waiting == b.Waiting);

    private void Take(string name, int weight, CallPriority priority, double waitMaxS = 100) => _world.Start(async () =>
    {
        var wait = await _queue.TakeAsync(weight, priority, TimeSpan.FromSeconds(waitMaxS), default);
        _done.Add(wait == TimeSpan.Zero ? name : $"{name}: {wait.TotalSeconds:0}");
    });
}

using Granary.Journal.Sqlite.Writing;
using Granary.Journal.Tests.Support;

namespace Granary.Journal.Tests.Sqlite;

public sealed class WriteQueueTests
{
    [Fact]
    public async Task Callers_wait_in_line_when_it_is_full_and_enter_in_order()
    {
        var queue = new WriteQueue(3);
        var admitted = Enumerable.Range(0, 6).Select(i => queue.AddAsync(Item(i, 1), default)).ToArray();
        admitted.Count(t => t.IsCompleted).ShouldBe(3);
        queue.Records.ShouldBe(3);

        Take(queue, 2).ShouldBe(["K0", "K1"]);
        await admitted[3];
        await admitted[4];
        admitted[5].IsCompleted.ShouldBeFalse();
        Take(queue, 100).ShouldBe(["K2", "K3", "K4"]);
        Take(queue, 100).ShouldBe(["K5"]);
    }

    [Fact]
    public void A_small_item_does_not_overtake_a_large_one_that_waits()
    {
        var queue = new WriteQueue(4);
        queue.AddAsync(Item(0, 3), default).IsCompleted.ShouldBeTrue();
        var large = queue.AddAsync(Item(1, 3), default);
        var small = queue.AddAsync(Item(2, 1), default);
        large.IsCompleted.ShouldBeFalse();
        small.IsCompleted.ShouldBeFalse();
        Take(queue, 100).ShouldBe(["K0"]);
        Take(queue, 100).ShouldBe(["K1", "K2"]);
    }

    [Fact]
    public void An_item_larger_than_the_queue_enters_when_it_is_empty()
    {
        var queue = new WriteQueue(2);
        queue.AddAsync(Item(0, 5), default).IsCompleted.ShouldBeTrue();
        queue.AddAsync(Item(1, 1), default).IsCompleted.ShouldBeFalse();
        Take(queue, 1).ShouldBe(["K0"]);
        Take(queue, 1).ShouldBe(["K1"]);
    }

    [Fact]
    public async Task A_caller_that_cancels_while_waiting_takes_its_item_back()
    {
        var queue = new WriteQueue(1);
        using var source = new CancellationTokenSource();
        await queue.AddAsync(Item(0, 1), default);
        var waiting = queue.AddAsync(Item(1, 1), source.Token);
        source.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        Take(queue, 10).ShouldBe(["K0"]);
        queue.Complete();
        queue.Take([], 10).ShouldBeFalse();
    }

    [Fact]
    public void Completing_hands_over_what_is_in_line_and_refuses_the_rest()
    {
        var queue = new WriteQueue(1);
        _ = queue.AddAsync(Item(0, 1), default);
        _ = queue.AddAsync(Item(1, 1), default);
        queue.Complete();
        Should.Throw<ObjectDisposedException>(() => { _ = queue.AddAsync(Item(2, 1), default); });
        Take(queue, 10).ShouldBe(["K0"]);
        Take(queue, 10).ShouldBe(["K1"]);
        queue.Take([], 10).ShouldBeFalse();
    }

    [Fact]
    public void It_is_quiet_while_nothing_is_in_it_or_comes()
    {
        var queue = new WriteQueue(10);
        queue.IsQuietFor(TimeSpan.FromMilliseconds(1)).ShouldBeTrue();
        _ = queue.AddAsync(Item(0, 1), default);
        queue.IsQuietFor(TimeSpan.FromHours(1)).ShouldBeFalse();
        Take(queue, 10);
        queue.Complete();
        queue.IsQuietFor(TimeSpan.FromHours(1)).ShouldBeFalse();
    }

    private static WriteItem Item(int number, int records) =>
        WriteItem.Enqueue([.. Enumerable.Repeat(Samples.Incident("K" + number), records)], null);

    private static string[] Take(WriteQueue queue, int groupRecordsMax)
    {
        var group = new List<WriteItem>();
        queue.Take(group, groupRecordsMax).ShouldBeTrue();
        return [.. group.Select(i => ((Records.IncidentRecord)i.Records[0]).Kind)];
    }
}

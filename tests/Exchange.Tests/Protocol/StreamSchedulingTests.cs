using System.Text.Json;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

/// <summary>The protocol under a scheduler that runs everything on the calling thread, as the simulation does.</summary>
public class StreamSchedulingTests
{
    [Fact]
    public void A_market_and_a_reader_make_progress_on_one_thread()
    {
        const int Trades = 1000;
        var rig = new ProtocolRig(streams: new StreamOptions { Overflow = StreamOverflow.Wait, QueueFramesMax = 16, ConflateAboveFrames = 0 });
        using var session = rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        var scheduler = new OneThreadScheduler();
        var threads = new HashSet<int>();
        var ids = new List<long>();

        async Task MarketAsync()
        {
            for (var i = 0; i < Trades; i++)
            {
                await rig.Streams.WaitForRoomAsync(default);
                threads.Add(Environment.CurrentManagedThreadId);
                rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(i, i, 1m, 1m));
            }
            rig.Streams.CloseAll("the tape has ended");
        }

        async Task ReaderAsync()
        {
            while (true)
            {
                var frame = await session.ReadAsync(default);
                threads.Add(Environment.CurrentManagedThreadId);
                if (frame.IsEmpty) return;
                using var json = JsonDocument.Parse(frame);
                ids.Add(json.RootElement.GetProperty("a").GetInt64());
            }
        }

        var factory = new TaskFactory(scheduler);
        var reader = factory.StartNew(ReaderAsync).Unwrap();
        var market = factory.StartNew(MarketAsync).Unwrap();
        scheduler.RunAll();
        market.IsCompletedSuccessfully.ShouldBeTrue();
        reader.IsCompletedSuccessfully.ShouldBeTrue();
        threads.ShouldBe([Environment.CurrentManagedThreadId]);
        ids.ShouldBe(Enumerable.Range(0, Trades).Select(i => (long)i));
    }

    private sealed class OneThreadScheduler : TaskScheduler
    {
        private readonly Queue<Task> _tasks = new();

        public void RunAll()
        {
            // A synchronization context would take the continuations away from the scheduler.
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            while (_tasks.TryDequeue(out var task)) TryExecuteTask(task);
            SynchronizationContext.SetSynchronizationContext(context);
        }

        protected override void QueueTask(Task task) => _tasks.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _tasks;
    }
}

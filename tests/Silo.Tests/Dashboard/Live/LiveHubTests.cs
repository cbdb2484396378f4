using System.Text;
using System.Text.Json;
using Granary.Silo.Dashboard.Live;
using Granary.Silo.Operator;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Granary.Silo.Tests.Dashboard.Live;

public sealed class LiveHubTests
{
    private readonly ManualTime _time = new();
    private readonly Dictionary<string, int> _samples = [];
    private Func<string, Task<object>> _answer = name => Task.FromResult<object>(name);

    [Fact]
    public async Task Nothing_is_sampled_while_nobody_watches()
    {
        var hub = Hub("a", "b");
        hub.SomeoneAsync().IsCompleted.ShouldBeFalse();
        await hub.TickAsync(default);

        var client = hub.Join(["a"])!;
        hub.SomeoneAsync().IsCompleted.ShouldBeTrue();
        await hub.TickAsync(default);
        hub.Leave(client);
        await hub.TickAsync(default);
        await hub.TickAsync(default);

        _samples.ShouldBe(new Dictionary<string, int> { ["a"] = 1 });
        hub.Samples.ShouldBe(1);
        hub.SomeoneAsync().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_topic_is_sampled_and_written_once_however_many_watch()
    {
        var hub = Hub("a");
        var clients = Enumerable.Range(0, 50).Select(_ => hub.Join(["a"])!).ToList();

        await hub.TickAsync(default);

        _samples["a"].ShouldBe(1);
        var frames = clients.Select(c => c.Take().Single()).ToList();
        foreach (var frame in frames) frame.ShouldBeSameAs(frames[0]);
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_the_newest_frame_only()
    {
        var count = 0;
        _answer = _ => Task.FromResult<object>(++count);
        var hub = Hub("a");
        var (stalled, reader) = (hub.Join(["a"])!, hub.Join(["a"])!);
        var read = new List<int>();

        for (var i = 0; i < 1_000; i++)
        {
            await hub.TickAsync(default);
            read.AddRange(reader.Take().Select(Number));
        }

        read.ShouldBe(Enumerable.Range(1, 1_000));
        stalled.Take().Select(Number).ShouldBe([1_000]);
        stalled.Conflated.ShouldBe(999);
        reader.Conflated.ShouldBe(0);
        stalled.Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_the_order_of_reading_a_client_sees_rising_snapshots_that_end_with_the_newest()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var count = 0;
            _answer = _ => Task.FromResult<object>(++count);
            var hub = Hub("a");
            var client = hub.Join(["a"])!;
            var read = new List<int>();
            var turns = 20 + seed;
            for (var i = 0; i < turns; i++)
            {
                await hub.TickAsync(default);
                if ((i * 7919 + seed * 104729) % 3 == 0) read.AddRange(client.Take().Select(Number));
            }

            read.AddRange(client.Take().Select(Number));
            read.ShouldBe(read.Distinct().Order());
            read[^1].ShouldBe(turns);
            (read.Count + client.Conflated).ShouldBe(turns);
        }
    }

    [Fact]
    public async Task What_says_the_same_as_before_is_not_sent_again()
    {
        var hub = Hub("a");
        var client = hub.Join(["a"])!;
        await hub.TickAsync(default);
        client.Take().Count.ShouldBe(1);

        await hub.TickAsync(default);
        client.Take().ShouldBeEmpty();

        _answer = _ => Task.FromResult<object>("other");
        await hub.TickAsync(default);
        Body(client.Take().Single()).GetProperty("body").GetString().ShouldBe("other");
        _samples["a"].ShouldBe(3);
    }

    [Fact]
    public async Task Who_joins_later_is_given_what_is_known_at_once_and_never_what_is_old()
    {
        var hub = Hub("a");
        var first = hub.Join(["a"])!;
        await hub.TickAsync(default);

        hub.Join(["a"])!.Take().Count.ShouldBe(1);

        var again = Hub("a");
        var only = again.Join(["a"])!;
        await again.TickAsync(default);
        again.Leave(only);
        var late = again.Join(["a"])!;
        late.Take().ShouldBeEmpty();
        await again.TickAsync(default);
        late.Take().Count.ShouldBe(1);
        first.Take().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_topic_is_not_asked_twice_and_holds_up_no_other()
    {
        var barrier = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        _answer = name => name == "slow" ? barrier.Task : Task.FromResult<object>(++count);
        var hub = Hub("slow", "fast");
        var client = hub.Join(["slow", "fast"])!;

        var first = hub.TickAsync(default);
        await hub.TickAsync(default);
        await hub.TickAsync(default);

        _samples.ShouldBe(new Dictionary<string, int> { ["slow"] = 1, ["fast"] = 3 });
        client.Take().Select(f => f.Topic).ShouldBe(["fast"]);
        first.IsCompleted.ShouldBeFalse();
        barrier.SetResult("at last");
        await first;
        client.Take().Select(f => f.Topic).ShouldBe(["slow"]);
        await hub.TickAsync(default);
        _samples["slow"].ShouldBe(2);
    }

    [Fact]
    public async Task A_topic_is_sampled_at_its_own_pace_but_at_once_for_its_first_watcher()
    {
        var hub = new LiveHub([Topic("often", 1), Topic("seldom", 4)], Json(), _time, NullLogger<LiveHub>.Instance);
        var watcher = hub.Join(["often"])!;
        await hub.TickAsync(default);
        hub.Join(["seldom"]).ShouldNotBeNull();

        for (var i = 0; i < 8; i++) await hub.TickAsync(default);

        _samples.ShouldBe(new Dictionary<string, int> { ["often"] = 9, ["seldom"] = 3 });
        watcher.Topics.ShouldBe(["often"]);
    }

    [Fact]
    public async Task A_failure_is_told_in_words_and_passes()
    {
        _answer = _ => throw new OperatorProblem(503, "No answer", "symbol \"BTCUSDT\" does not answer");
        var hub = Hub("a");
        var client = hub.Join(["a"])!;
        await hub.TickAsync(default);
        Body(client.Take().Single()).GetProperty("error").GetString().ShouldBe("symbol \"BTCUSDT\" does not answer");

        _answer = _ => throw new InvalidOperationException("inner words");
        await hub.TickAsync(default);
        Body(client.Take().Single()).GetProperty("error").GetString().ShouldBe("the sample failed; the silo's log says why");

        _answer = _ => Task.FromResult<object>("fine");
        await hub.TickAsync(default);
        var body = Body(client.Take().Single());
        body.GetProperty("body").GetString().ShouldBe("fine");
        body.TryGetProperty("error", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Clients_are_bounded_and_who_leaves_makes_room()
    {
        var hub = Hub("a");
        var clients = Enumerable.Range(0, LiveHub.ClientsMax).Select(_ => hub.Join(["a"])!).ToList();
        hub.Join(["a"]).ShouldBeNull();

        hub.Leave(clients[0], isStalled: true);
        hub.Leave(clients[0]);

        hub.Stalled.ShouldBe(1);
        hub.ClientCount.ShouldBe(LiveHub.ClientsMax - 1);
        hub.Join(["a"]).ShouldNotBeNull();
        hub.Join(["a"]).ShouldBeNull();
        await hub.TickAsync(default);
        clients[0].Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_frame_is_one_event_with_topic_time_and_body()
    {
        _answer = _ => Task.FromResult<object>(new { Text = "a\nb", Price = 63_500.10m });
        var hub = Hub("symbol/BTCUSDT");
        var client = hub.Join(["symbol/BTCUSDT", "symbol/BTCUSDT"])!;
        await hub.TickAsync(default);

        var text = Encoding.UTF8.GetString(client.Take().Single().Bytes.Span);

        text.ShouldBe("event: symbol/BTCUSDT\ndata: {\"timeMs\":1723161600000,\"body\":{\"text\":\"a\\nb\",\"price\":63500.10}}\n\n");
    }

    private LiveHub Hub(params string[] topics) => new(topics.Select(t => Topic(t, 1)), Json(), _time, NullLogger<LiveHub>.Instance);

    private LiveTopic Topic(string name, int every) => new(name, every, async _ =>
    {
        _samples[name] = _samples.GetValueOrDefault(name) + 1;
        return await _answer(name);
    });

    private static IOptions<JsonOptions> Json() => Options.Create(new JsonOptions());

    private static int Number(LiveFrame frame) => Body(frame).GetProperty("body").GetInt32();

    private static JsonElement Body(LiveFrame frame)
    {
        var text = Encoding.UTF8.GetString(frame.Bytes.Span);
        return JsonElement.Parse(text[(text.IndexOf("data: ", StringComparison.Ordinal) + 6)..].TrimEnd());
    }
}

using System.Text;
using Granary.Silo.Dashboard.Live;

namespace Granary.Silo.Tests.Dashboard.Live;

public sealed class LivePumpTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _end = new();
    private readonly LiveClient _client = new(["a", "b"]);

    public void Dispose() => _end.Dispose();

    [Fact]
    public async Task Frames_go_out_in_the_order_of_the_topics()
    {
        var connection = new GatedStream();
        _client.Offer(Frame("b", "2"));
        _client.Offer(Frame("a", "1"));
        _client.Offer(Frame("other", "3"));

        var pump = new LivePump(_time).RunAsync(_client, connection, _end.Token);
        await connection.UntilAsync(text => text.EndsWith("2\n\n", StringComparison.Ordinal));
        connection.Text.ShouldBe("retry: 2000\n\n1\n\n2\n\n");

        _client.Offer(Frame("b", "4"));
        await connection.UntilAsync(text => text.EndsWith("4\n\n", StringComparison.Ordinal));
        await EndAsync(pump);
    }

    [Fact]
    public async Task Silence_is_broken_by_a_comment()
    {
        var connection = new GatedStream();
        var pump = new LivePump(_time).RunAsync(_client, connection, _end.Token);

        await _time.WaitForTimerAsync(LivePump.SilenceMax);
        _time.Advance(LivePump.SilenceMax);
        await connection.UntilAsync(text => text == "retry: 2000\n\n: here\n\n");

        _client.Offer(Frame("a", "1"));
        await connection.UntilAsync(text => text.EndsWith("1\n\n", StringComparison.Ordinal));
        await EndAsync(pump);
    }

    [Fact]
    public async Task A_connection_that_takes_nothing_is_given_up_after_its_time_and_not_before()
    {
        var connection = new GatedStream();
        var pump = new LivePump(_time).RunAsync(_client, connection, _end.Token);
        await connection.UntilAsync(text => text.Length > 0);
        connection.Close();
        _client.Offer(Frame("a", "1"));
        await connection.BlockedAsync();

        _time.Advance(LivePump.BlockedMax - TimeSpan.FromMilliseconds(1));
        pump.IsCompleted.ShouldBeFalse();
        for (var i = 0; i < 100; i++) _client.Offer(Frame("a", "2"));
        _client.Take().Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await pump).ShouldBeFalse();
    }

    [Fact]
    public async Task The_end_of_the_request_ends_a_blocked_write_too()
    {
        var connection = new GatedStream();
        connection.Close();
        var pump = new LivePump(_time).RunAsync(_client, connection, _end.Token);
        await connection.BlockedAsync();

        await EndAsync(pump);
    }

    private async Task EndAsync(Task pump)
    {
        await _end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(pump);
    }

    private static LiveFrame Frame(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text + "\n\n"));
}

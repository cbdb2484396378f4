using Granary.Journal;
using Granary.Journal.Records;
using Granary.Silo.Alerts;
using Granary.Silo.Alerts.Rules;
using Granary.Silo.Metrics;
using Granary.Silo.Tests.Dashboard.Live;
using Granary.Silo.Tests.Metrics;
using Granary.Silo.Tests.Operator;

namespace Granary.Silo.Tests.Alerts;

public sealed class ObservedJournalTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly MemoryJournal _inner = new();
    private readonly MetricHost _host = new();
    private readonly AlertHub _hub;
    private readonly ObservedJournal _journal;

    public ObservedJournalTests()
    {
        _hub = new AlertHub(new AlertPolicy(0, 60_000, 0, 0, 10), [], _time);
        _journal = new ObservedJournal(_inner, _time);
        _journal.Attach(_hub, new JournalMetrics(_host.Meters, null));
    }

    [Fact]
    public async Task Incidents_become_alerts_and_records_pass_unchanged()
    {
        var incident = new IncidentRecord("account main", IncidentKinds.PositionDiffers, "seen", "done", "result", 1);
        await _journal.EnqueueAsync([Views.Fill("main", "BTCUSDT", 1), incident], null);
        await _journal.AppendAsync([Views.Fill("main", "BTCUSDT", 2)], null);
        await StartAsync();

        _inner.Records.Count.ShouldBe(3);
        var alert = _hub.Active.ShouldHaveSingleItem();
        (alert.Rule, alert.Scope).ShouldBe((AlertRules.ReconcileDifference, "account main"));
        _host.Lines().ShouldContain("granary_journal_append_seconds_count 1");
    }

    [Fact]
    public async Task A_journal_that_fails_is_an_alert_and_hides_no_incident()
    {
        _inner.IsBroken = true;
        await Should.ThrowAsync<JournalException>(async () =>
            await _journal.AppendAsync([new IncidentRecord("account main", IncidentKinds.KillSwitch, "seen", "done", "result", 1)], null));
        await StartAsync();

        _hub.Active.Select(a => (a.Rule, a.Scope)).ShouldBe([(AlertRules.Disk, "journal"), (AlertRules.Stopped, "account main")]);
    }

    /// <summary>Starts the hub, whose first look comes at once.</summary>
    private async Task StartAsync()
    {
        await _hub.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(AlertHub.TickTime);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.StopAsync(CancellationToken.None);
        _hub.Dispose();
        _host.Dispose();
    }
}

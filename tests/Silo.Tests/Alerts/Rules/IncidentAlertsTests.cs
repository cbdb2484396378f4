using System.Reflection;
using Granary.Journal.Records;
using Granary.Silo.Alerts;
using Granary.Silo.Alerts.Rules;

namespace Granary.Silo.Tests.Alerts.Rules;

public sealed class IncidentAlertsTests
{
    /// <summary>What nobody needs to be told: records of what was done, and things that are well again.</summary>
    private static readonly string[] Untold =
    [
        IncidentKinds.AccountState, IncidentKinds.GridCommand, IncidentKinds.OperatorCommand, IncidentKinds.OrderResolved, IncidentKinds.PlacementStuck, IncidentKinds.StopDiffers, IncidentKinds.StopFound,
        IncidentKinds.SyntheticReplaced, IncidentKinds.TapeFailed, IncidentKinds.TradesRefilled,
    ];

    [Fact]
    public void Every_kind_of_incident_is_told_or_is_known_not_to_be()
    {
        var kinds = typeof(IncidentKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).ToList();

        kinds.Where(kind => Signal(kind) is null).Except(Untold).ShouldBeEmpty("add the kind to IncidentAlerts, or to this test's list of what nobody is told");
        Untold.ShouldAllBe(kind => Signal(kind) == null);
    }

    [Theory]
    [InlineData(IncidentKinds.MarketStreamLost, IncidentKinds.MarketStreamConnected)]
    [InlineData(IncidentKinds.UserStreamLost, IncidentKinds.UserStreamConnected)]
    [InlineData(IncidentKinds.FeedStale, IncidentKinds.FeedAgreeing)]
    [InlineData(IncidentKinds.FeedDiverging, IncidentKinds.FeedAgreeing)]
    [InlineData(IncidentKinds.StreamSilent, IncidentKinds.StreamHeard)]
    [InlineData(IncidentKinds.GrainStuck, IncidentKinds.GrainAnswers)]
    [InlineData(IncidentKinds.QueueGrowing, IncidentKinds.QueueShort)]
    public void What_one_incident_raises_another_clears(string lost, string back)
    {
        var (raised, cleared) = (Signal(lost)!, Signal(back)!);

        raised.Kind.ShouldBe(AlertSignalKind.Raise);
        cleared.Kind.ShouldBe(AlertSignalKind.Clear);
        (cleared.Rule, cleared.Scope).ShouldBe((raised.Rule, raised.Scope));
    }

    [Fact]
    public void What_means_nothing_is_not_told() => Signal("SomethingElse").ShouldBeNull();

    [Fact]
    public void An_alert_says_what_was_seen_done_and_left() => Signal(IncidentKinds.Liquidation)!.Text.ShouldContain("seen; done; result");

    private static AlertSignal? Signal(string kind) => IncidentAlerts.Of(new IncidentRecord("account main", kind, "seen", "done", "result", 1));
}

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
        IncidentKinds.AccountState, IncidentKinds.OperatorCommand, IncidentKinds.OrderResolved, IncidentKinds.PlacementStuck, IncidentKinds.StopDiffers, IncidentKinds.StopFound,
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
    public void What_one_incident_raises_another_clears(string lost, string back)
    {
        var (raised, cleared) = (Signal(lost)!, Signal(back)!);

        raised.Kind.ShouldBe(AlertSignalKind.Raise);
        cleared.Kind.ShouldBe(AlertSignalKind.Clear);
        (cleared.Rule, cleared.Scope).ShouldBe((raised.Rule, raised.Scope));
    }

    [Theory]
    [InlineData("GrainStuck", AlertRules.StuckGrain)]
    [InlineData("GrainAbandoned", AlertRules.StuckGrain)]
    [InlineData("QueueGrowing", AlertRules.StuckGrain)]
    [InlineData("ModelDrift", AlertRules.ModelDrift)]
    [InlineData("SlippageDrift", AlertRules.ModelDrift)]
    public void Kinds_that_come_later_are_known_by_their_names(string kind, string rule)
    {
        var signal = Signal(kind)!;

        (signal.Kind, signal.Rule, signal.Severity).ShouldBe((AlertSignalKind.Event, rule, AlertSeverity.Critical));
        signal.Text.ShouldContain("seen; done; result");
    }

    [Theory]
    [InlineData("GrainRecovered")]
    [InlineData("DriftOver")]
    [InlineData("SomethingElse")]
    public void What_is_well_again_or_means_nothing_is_not_told(string kind) => Signal(kind).ShouldBeNull();

    private static AlertSignal? Signal(string kind) => IncidentAlerts.Of(new IncidentRecord("account main", kind, "seen", "done", "result", 1));
}

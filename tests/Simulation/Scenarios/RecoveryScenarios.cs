using Granary.Exchange.Protocol;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of journals, and of engines that share an address. Names begin with the row of the list of scenarios.</summary>
public sealed class RecoveryScenarios
{
    private const int FrameBytes = 24 + 4096;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void F10_a_journal_whose_last_record_is_torn_or_damaged_is_taken_up_again(bool isTorn)
    {
        using var stage = new Stage(101);
        stage.UntilPosition();
        stage.World.CrashTorn(log => isTorn ? [.. log, .. log.AsSpan(log.Length - FrameBytes, FrameBytes / 2)] : Damaged(log));
        stage.World.StartSilo();
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(90);
        stage.Until(() => stage.AskRisk().State == "Active", 30, "the account to be active");
        stage.Run(60);
        stage.Settle();
    }

    [Fact]
    public void F8_two_engines_at_one_address_keep_its_limit_together()
    {
        var symbols = Listing.Names(20);
        using var stage = new Stage(
            102, o => Listing.Add(o, symbols) with { Rest = new RestOptions(), Engine = e => e with { ReconcileIntervalMs = 1_000, ReconcileWeightShare = 1 } });
        var other = stage.World.StartOther();
        stage.Run(180);
        var requests = stage.World.Network.Requests;
        requests.Refused.ShouldBe(0);

        // Each alone may use 2,000 in a minute; together they came near the venue's 2,400 and never over it.
        requests.WeightMax.ShouldBeInRange(1_500, 2_400);
        stage.World.Ask(other.Risk.GetView).State.ShouldBe("Active");
        stage.Until(() => stage.AskRisk().State == "Active", 65, "the account to be active");
        stage.Settle(symbols);
    }

    private static byte[] Damaged(byte[] log)
    {
        var damaged = log.ToArray();
        for (var i = 1; i <= 64; i++) damaged[^i] ^= 0xFF;
        return damaged;
    }
}

using Granary.Simulation.Defects;

namespace Granary.Simulation.Seeds;

/// <summary>
/// Every planted defect is found by one of the first seeds, and by the rule that is there for it; where several rules may be the first, none is named.
/// </summary>
public sealed class DefectTests
{
    [Theory]
    [InlineData(nameof(Defect.FillLost), 1, "EveryFillOnce")]
    [InlineData(nameof(Defect.FillDoubled), 1, "EveryFillOnce")]
    [InlineData(nameof(Defect.FeeMisread), 1, "EveryFillOnce")]
    [InlineData(nameof(Defect.SentAgain), 8, "SentOnce")]
    [InlineData(nameof(Defect.TimeoutIsRefusal), 8, "FinalMeansFinal")]
    [InlineData(nameof(Defect.SentLarger), 1, "SentAsApproved")]
    [InlineData(nameof(Defect.ExitNotReduceOnly), 1, "ExitsOnlyReduce")]
    [InlineData(nameof(Defect.Unapproved), 1, "WrittenBeforeSent")]
    [InlineData(nameof(Defect.SentBeforeWritten), 1, "WrittenBeforeSent")]
    [InlineData(nameof(Defect.Unfenced), 12, null)]
    [InlineData(nameof(Defect.ReservationKept), 8, "ReservationsReleased")]
    [InlineData(nameof(Defect.StopLoosened), 12, "StopsNeverLoosen")]
    [InlineData(nameof(Defect.HaltForgotten), 1, "ReplayGivesTheSame")]
    [InlineData(nameof(Defect.AuditBlind), 4, null)]
    [InlineData(nameof(Defect.CancelClaimed), 2, "FinalMeansFinal")]
    [InlineData(nameof(Defect.RefillIncomplete), 2, "NoTradeMissing")]
    public void A_planted_defect_is_found(string defect, int runsMax, string? rule)
    {
        var found = DefectHunt.Find(Enum.Parse<Defect>(defect), runsMax);
        found.ShouldNotBeNull($"{defect} was not found in {runsMax} runs");
        if (rule is not null) found.Value.Result.Rule.ShouldBe(rule);
    }

    [Fact]
    public void Every_defect_is_hunted()
    {
        var hunted = typeof(DefectTests).GetMethod(nameof(A_planted_defect_is_found))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>().Select(a => (string)a.GetData(null!).Single()[0]);
        hunted.Order().ShouldBe(Enum.GetNames<Defect>().Where(n => n != nameof(Defect.None)).Order());
    }
}

using Granary.Exchange.Protocol;
using Granary.Simulation.Soak;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of memory, shortened: the long form is a command (--soak). Names begin with the row of the list of scenarios.</summary>
public sealed class SoakScenarios
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(6);

    [Fact]
    public void N6_twenty_five_symbols_that_quote_ten_times_a_second_keep_every_queue_and_the_number_of_grains()
    {
        var result = SoakRun.Execute(121, 25, Short, hasReaders: false);
        result.Samples.Select(s => s.Activations).Distinct().Count().ShouldBe(1);
        result.Samples.ShouldAllBe(s => s.LongestQueue < 100 && s.Overflows == 0);
    }

    [Fact]
    public void H10_a_console_and_a_dashboard_that_are_attached_all_the_time_cost_no_more_with_time()
    {
        var result = SoakRun.Execute(122, 5, Short, hasReaders: true);
        result.Answers.ShouldBeGreaterThan(200);
        result.SeriesMax.ShouldBeLessThan(10_000);
        result.Samples.Select(s => s.Activations).Distinct().Count().ShouldBe(1);
        result.Samples.ShouldAllBe(s => s.LongestQueue < 100 && s.Overflows == 0);
    }

    [Fact]
    public void L9_a_thousand_symbols_start_and_are_compared_within_the_request_limit_and_a_reader_that_stalls_holds_nothing_up()
    {
        var names = Listing.Names(1_000);
        using var stage = new Stage(
            124, o => Listing.Add(o, names, tradesPerSecond: 0.1) with
            {
                Profiles = [.. names.Select(n => Listing.Profile(n, 0.1) with { RequoteMs = 120_000 })],
                Rest = new RestOptions(),
                DepthIntervalMs = 60_000,
                SnapshotIntervalMs = 60_000,
            },
            startsActive: false);
        stage.World.UntilActive(TimeSpan.FromMinutes(8));
        using var readers = new Readers(stage.World);
        var requests = stage.World.Network.Requests;
        for (var i = 0; i < 24; i++)
        {
            stage.Rules.Run(TimeSpan.FromSeconds(5));
            readers.Ask();
        }

        readers.Answers.ShouldBe(24);
        readers.OutstandingMax.ShouldBeLessThan(5);
        requests.Refused.ShouldBe(0);
        requests.WeightMax.ShouldBeLessThanOrEqualTo(2_400);
        var silo = stage.World.Silo!.Silo.GetStatistics();
        (silo.LongestQueueCount < 100).ShouldBeTrue($"a queue of {silo.LongestQueueCount}");
        silo.OverflowCount.ShouldBe(0);
        stage.AskRisk().State.ShouldBe("Active");
    }

    [Fact]
    public void L9_a_reader_that_never_takes_its_answer_holds_a_bounded_number_of_them_and_the_engine_not_at_all()
    {
        var result = SoakRun.Execute(123, 60, TimeSpan.FromMinutes(3), hasReaders: true);
        result.OutstandingMax.ShouldBeLessThan(5);
        result.Answers.ShouldBeGreaterThan(50);
        result.Samples.ShouldAllBe(s => s.LongestQueue < 100 && s.Overflows == 0);
    }
}

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
    public void L9_a_reader_that_never_takes_its_answer_holds_a_bounded_number_of_them_and_the_engine_not_at_all()
    {
        var result = SoakRun.Execute(123, 60, TimeSpan.FromMinutes(3), hasReaders: true);
        result.OutstandingMax.ShouldBeLessThan(5);
        result.Answers.ShouldBeGreaterThan(50);
        result.Samples.ShouldAllBe(s => s.LongestQueue < 100 && s.Overflows == 0);
    }
}

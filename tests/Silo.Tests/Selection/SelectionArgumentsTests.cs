using Granary.Silo.Selection;

namespace Granary.Silo.Tests.Selection;

public sealed class SelectionArgumentsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void The_commands_own_arguments_are_taken_and_the_rest_is_configuration()
    {
        File.WriteAllText(_file, """{ "factor": ["MtmAtrMean", true, 60, 0, 1], "long_num": 3 }""");
        var arguments = SelectionArguments.Load(["--now", "--selector", _file, "--csv", "tables", "--Journal:Path", "elsewhere"]);
        (arguments.IsNow, arguments.CsvFolder).ShouldBe((true, "tables"));
        (arguments.Settings.Selection.LongCount, arguments.Settings.Selection.Factors[0].Window).ShouldBe((3, 60));
        arguments.Loaded.Options.Journal.Path.ShouldEndWith("elsewhere");
        SelectionArguments.Load([]).IsNow.ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_used_is_told_before_anything_starts()
    {
        File.WriteAllText(_file, """{ "longs": 3 }""");
        SelectionArguments.Load(["--selector", _file]).Loaded.Report().ShouldContain("'longs' is not known");
        SelectionArguments.Load(["--selector", _file + ".not"]).Loaded.Report().ShouldContain(".not");
        SelectionArguments.Load(["--csv"]).Loaded.Report().ShouldContain("'--csv' has no value");
        File.WriteAllText(_file, """{ "min_candle_num": 2000 }""");
        SelectionArguments.Load(["--selector", _file]).Loaded.Report().ShouldContain("HistoryCount was 1500");
    }

    public void Dispose() => File.Delete(_file);
}

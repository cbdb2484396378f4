using System.CommandLine;
using Granary.Backtest.Search;

namespace Granary.Client.Backtests;

/// <summary>The options that all commands which search parameters share.</summary>
internal sealed class SearchInputs
{
    private readonly Option<string[]> _ranges = new("--range")
    {
        Description = "A parameter and its values: NAME=FROM:TO:STEP; give one for each",
        HelpName = "RANGE",
        Required = true,
    };
    private readonly Option<SearchMethod> _method = new("--method") { Description = "grid (default), random or tpe", HelpName = "METHOD" };
    private readonly Option<ScoreKind> _score = new("--score") { Description = "sharpe (default), net, calmar or expectancy", HelpName = "SCORE" };
    private readonly Option<int> _trials = new("--trials") { Description = "Trials at most. Default: 200", HelpName = "N", DefaultValueFactory = _ => 200 };
    private readonly Option<int> _workers = new("--workers")
    {
        Description = "Runs at once. Default: the number of cores",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of random choices. Default: 1", HelpName = "N", DefaultValueFactory = _ => 1 };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_ranges, _method, _score, _trials, _workers, _seed]) command.Add(option);
    }

    /// <summary>What the command line asks for.</summary>
    /// <exception cref="Cli.ConsoleFailure">A value cannot be used.</exception>
    public SearchOptions Read(ParseResult parsed, string? journal = null)
    {
        try
        {
            var options = new SearchOptions
            {
                Ranges = [.. parsed.GetRequiredValue(_ranges).Select(ParameterRange.Parse)],
                Method = parsed.GetValue(_method),
                Score = parsed.GetValue(_score),
                TrialsMax = parsed.GetValue(_trials),
                Workers = parsed.GetValue(_workers),
                Seed = parsed.GetValue(_seed),
                JournalPath = journal,
            };
            options.Validate();
            return options;
        }
        catch (ArgumentException e)
        {
            throw BacktestInputs.Wrong(e.Message);
        }
    }
}

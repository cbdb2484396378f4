using System.CommandLine;
using Granary.Client.Api;

namespace Granary.Client.Cli;

/// <summary>What narrows a list: symbol, account, number of rows.</summary>
public sealed class ListFilter
{
    private readonly Argument<string?> _symbol = new("SYMBOL")
    {
        Description = "Only this symbol",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _account = new("--account") { Description = "Only this account", HelpName = "NAME" };

    private readonly Option<int> _limit = CreateLimit();

    /// <summary>What to add to a command.</summary>
    public IReadOnlyList<Symbol> Symbols => [_symbol, _account, _limit];

    /// <summary>The --limit option: 1 to 1,000 rows, default 20.</summary>
    public static Option<int> CreateLimit()
    {
        var limit = new Option<int>("--limit")
        {
            Description = $"Rows, 1 to {QueryCommands.LimitMax}. Default: {QueryCommands.LimitDefault}",
            HelpName = "ROWS",
            DefaultValueFactory = _ => QueryCommands.LimitDefault,
        };
        limit.Validators.Add(result =>
        {
            // A value that is no number has been reported already.
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var rows) && rows is < 1 or > QueryCommands.LimitMax)
                result.AddError($"--limit was {rows}; allowed are 1 to {QueryCommands.LimitMax}.");
        });
        return limit;
    }

    /// <summary>Reads what was asked for.</summary>
    public ListQuery Read(ParseResult parsed) => new(parsed.GetValue(_symbol), parsed.GetValue(_account), parsed.GetValue(_limit));
}

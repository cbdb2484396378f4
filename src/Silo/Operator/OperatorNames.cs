using Granary.Grains.Configuration;

namespace Granary.Silo.Operator;

/// <summary>Checks names and numbers that come with a request.</summary>
/// <param name="settings">What exists.</param>
public sealed class OperatorNames(EngineSettings settings)
{
    /// <summary>Rows of a list unless told otherwise.</summary>
    public const int LimitDefault = 100;

    /// <summary>The most rows of a list.</summary>
    public const int LimitMax = 1_000;

    /// <summary>Configured accounts, in order.</summary>
    public IReadOnlyList<string> Accounts { get; } = [.. settings.Accounts.Select(a => a.Name)];

    /// <summary>Configured symbols, in order.</summary>
    public IReadOnlyList<string> Symbols { get; } = [.. settings.Symbols.Select(s => s.Symbol)];

    /// <summary>The account of this name.</summary>
    /// <exception cref="OperatorProblem">404 when there is none.</exception>
    public string Account(string name) => Accounts.Contains(name) ? name : throw OperatorProblem.NotFound("account", name, Accounts);

    /// <summary>The symbol of this name, any letter case.</summary>
    /// <exception cref="OperatorProblem">404 when there is none.</exception>
    public string Symbol(string name) =>
        Symbols.FirstOrDefault(s => s.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw OperatorProblem.NotFound("symbol", name, Symbols);

    /// <summary>The account that a query asks for, or null for all.</summary>
    public string? AccountOf(IQueryCollection query) => One(query, "account") is { } name ? Account(name) : null;

    /// <summary>The symbol that a query asks for, or null for all.</summary>
    public string? SymbolOf(IQueryCollection query) => One(query, "symbol") is { } name ? Symbol(name) : null;

    /// <summary>The number of rows that a query asks for.</summary>
    /// <exception cref="OperatorProblem">400 when it is not 1 to 1,000.</exception>
    public static int LimitOf(IQueryCollection query)
    {
        if (One(query, "limit") is not { } text) return LimitDefault;
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LimitMax) return limit;
        throw OperatorProblem.BadRequest($"limit was '{OperatorProblem.Echo(text)}'; allowed is 1 to {LimitMax}");
    }

    /// <summary>A yes-or-no of a query; no when it is not given.</summary>
    /// <exception cref="OperatorProblem">400 when it is neither true nor false.</exception>
    public static bool FlagOf(IQueryCollection query, string name)
    {
        if (One(query, name) is not { } text) return false;
        return bool.TryParse(text, out var flag) ? flag : throw OperatorProblem.BadRequest($"{name} was '{OperatorProblem.Echo(text)}'; allowed is true or false");
    }

    /// <summary>A text of a query, or null when it is not given.</summary>
    public static string? TextOf(IQueryCollection query, string name) => One(query, name);

    private static string? One(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var values)) return null;
        return values.Count == 1 ? values[0] : throw OperatorProblem.BadRequest($"{name} was given {values.Count} times; give it once");
    }
}

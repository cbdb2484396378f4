namespace Granary.Silo.Operator.Bodies;

/// <summary>The whole picture.</summary>
/// <param name="Engine">The engine's short name.</param>
/// <param name="Version">Version of the silo.</param>
/// <param name="Runtime">Which actor runtime carries the grains.</param>
/// <param name="Venue">Name of the venue.</param>
/// <param name="RealMoney">Whether orders move real money.</param>
/// <param name="Market">What feeds the built-in exchange when it is the venue: synthetic, replay or capture; else empty.</param>
/// <param name="StartedMs">When the silo started, milliseconds since the Unix epoch, UTC.</param>
/// <param name="NowMs">The silo's clock, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Status">healthy or unhealthy.</param>
/// <param name="Problems">What is wrong, in sentences; healthy means that there is none.</param>
/// <param name="Notes">What an operator should know though nothing is wrong, such as an account that was halted.</param>
/// <param name="Accounts">All accounts.</param>
/// <param name="Symbols">All symbols, without the last bar and decision.</param>
public sealed record StatusBody(
    string Engine, string Version, string Runtime, string Venue, bool RealMoney, string Market, long StartedMs, long NowMs, string Status,
    IReadOnlyList<string> Problems, IReadOnlyList<string> Notes, IReadOnlyList<AccountBody> Accounts, IReadOnlyList<SymbolBody> Symbols)
{
    /// <summary>Nothing is wrong.</summary>
    public const string Healthy = "healthy";

    /// <summary>Something is wrong.</summary>
    public const string Unhealthy = "unhealthy";
}

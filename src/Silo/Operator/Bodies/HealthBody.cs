namespace Granary.Silo.Operator.Bodies;

/// <summary>The short answer for machines that watch: 200 when healthy, 503 when not.</summary>
/// <param name="Status">healthy or unhealthy.</param>
/// <param name="Runtime">Which actor runtime carries the grains.</param>
/// <param name="Venue">Name of the venue.</param>
/// <param name="RealMoney">Whether orders move real money.</param>
/// <param name="Accounts">State of each account, by name.</param>
/// <param name="Problems">What is wrong.</param>
/// <param name="Notes">What is worth knowing.</param>
public sealed record HealthBody(
    string Status, string Runtime, string Venue, bool RealMoney, IReadOnlyDictionary<string, string> Accounts, IReadOnlyList<string> Problems,
    IReadOnlyList<string> Notes);

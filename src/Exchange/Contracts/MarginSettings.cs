namespace Granary.Exchange.Contracts;

/// <summary>What an account has chosen for a symbol.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="MarginType">Crossed or isolated.</param>
/// <param name="Leverage">1 and up.</param>
/// <param name="NotionalMax">Largest position at this leverage, quote units.</param>
public sealed record MarginSettings(string Symbol, MarginType MarginType, int Leverage, decimal NotionalMax);

namespace Granary.Engine.Risk;

/// <summary>What a strategy of many small orders would like to be allowed as a whole.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="IsLong">Whether it holds long positions.</param>
/// <param name="IsShort">Whether it holds short positions.</param>
/// <param name="NotionalMax">Largest notional that it can use on a side, held and resting entries, quote units, above 0; it may be given less.</param>
/// <param name="NotionalMin">Below what it is of no use, quote units, above 0: less is a refusal.</param>
/// <param name="OrdersMax">Open orders that it can use; it may be given fewer.</param>
/// <param name="OrdersPerMinuteMax">Orders and amendments that it sends at most in a minute, and a third of them in ten seconds.</param>
/// <param name="ValidUntilMs">Until when an approval shall hold, engine time, milliseconds since the Unix epoch, UTC.</param>
public sealed record StandingRequest(
    string Account, string Symbol, string Strategy, bool IsLong, bool IsShort, decimal NotionalMax, decimal NotionalMin, int OrdersMax, int OrdersPerMinuteMax,
    long ValidUntilMs);

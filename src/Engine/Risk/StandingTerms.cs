namespace Granary.Engine.Risk;

/// <summary>What a standing approval allows. The exposure is reserved whole, whether it is used or not.</summary>
/// <param name="Engine">Engine name.</param>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Sequence">Its number among the account's approvals; kept when it is renewed.</param>
/// <param name="LongNotionalMax">Largest notional of what is held long and of resting entries, at their cost, quote units; 0 for none.</param>
/// <param name="ShortNotionalMax">The same for short.</param>
/// <param name="OrdersMax">Open orders.</param>
/// <param name="OrdersPerMinuteMax">Orders and amendments in a minute; a third of them in ten seconds.</param>
/// <param name="ValidUntilMs">Until when anything may be opened, engine time, milliseconds since the Unix epoch, UTC. What reduces is allowed for ever.</param>
public sealed record StandingTerms(
    string Engine, string Account, string Symbol, string Strategy, long Sequence, decimal LongNotionalMax, decimal ShortNotionalMax, int OrdersMax,
    int OrdersPerMinuteMax, long ValidUntilMs)
{
    /// <summary>Orders and amendments in ten seconds: a third of a minute's, so that a burst may follow the market.</summary>
    public int OrdersPer10sMax => Math.Max(OrdersPerMinuteMax / 3, 1);
}

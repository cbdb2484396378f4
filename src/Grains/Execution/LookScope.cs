namespace Granary.Grains.Execution;

/// <summary>Whom a round asks for the lists, and so how soon and at what weight it has them.</summary>
internal enum LookScope
{
    /// <summary>The venue, for this symbol alone, fills included: there is a suspicion.</summary>
    Symbol,

    /// <summary>The account's reader, when it is due.</summary>
    Account,

    /// <summary>The account's reader, at once: the account trades nothing before.</summary>
    AccountNow,
}

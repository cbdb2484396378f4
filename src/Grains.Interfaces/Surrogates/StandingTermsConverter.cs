using Granary.Engine.Risk;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries standing approvals between hosts: it rebuilds one that a gate made in another process.</summary>
[RegisterConverter]
public sealed class StandingTermsConverter : IConverter<Approved<StandingTerms>, StandingTermsConverter.Surrogate>
{
    /// <inheritdoc/>
    public Approved<StandingTerms> ConvertFromSurrogate(in Surrogate surrogate) => new(new StandingTerms(
        surrogate.Engine, surrogate.Account, surrogate.Symbol, surrogate.Strategy, surrogate.Sequence, surrogate.LongNotionalMax, surrogate.ShortNotionalMax,
        surrogate.OrdersMax, surrogate.OrdersPerMinuteMax, surrogate.ValidUntilMs));

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in Approved<StandingTerms> value) => new()
    {
        Engine = value.Value.Engine,
        Account = value.Value.Account,
        Symbol = value.Value.Symbol,
        Strategy = value.Value.Strategy,
        Sequence = value.Value.Sequence,
        LongNotionalMax = value.Value.LongNotionalMax,
        ShortNotionalMax = value.Value.ShortNotionalMax,
        OrdersMax = value.Value.OrdersMax,
        OrdersPerMinuteMax = value.Value.OrdersPerMinuteMax,
        ValidUntilMs = value.Value.ValidUntilMs,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.StandingTerms")]
    public struct Surrogate
    {
        /// <summary>Engine name.</summary>
        [Id(0)]
        public string Engine;

        /// <summary>Account name.</summary>
        [Id(1)]
        public string Account;

        /// <summary>Upper-case symbol.</summary>
        [Id(2)]
        public string Symbol;

        /// <summary>Strategy name.</summary>
        [Id(3)]
        public string Strategy;

        /// <summary>Its number.</summary>
        [Id(4)]
        public long Sequence;

        /// <summary>Largest notional held long.</summary>
        [Id(5)]
        public decimal LongNotionalMax;

        /// <summary>Largest notional held short.</summary>
        [Id(6)]
        public decimal ShortNotionalMax;

        /// <summary>Open orders.</summary>
        [Id(7)]
        public int OrdersMax;

        /// <summary>Orders and amendments in a minute.</summary>
        [Id(8)]
        public int OrdersPerMinuteMax;

        /// <summary>Until when.</summary>
        [Id(9)]
        public long ValidUntilMs;
    }
}

using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>
/// Carries approved orders between hosts. The only place outside the risk kernel that can make an <see cref="Approved{T}"/>: it rebuilds one that a gate
/// minted in another process.
/// </summary>
[RegisterConverter]
public sealed class ApprovedOrderConverter : IConverter<Approved<Order>, ApprovedOrderConverter.Surrogate>
{
    /// <inheritdoc/>
    public Approved<Order> ConvertFromSurrogate(in Surrogate surrogate) => new(new Order(
        surrogate.Request, surrogate.Account, surrogate.Strategy, surrogate.IntentId, surrogate.Purpose, surrogate.Atr, surrogate.StopPrice,
        surrogate.MarketTimeMs));

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in Approved<Order> value) => new()
    {
        Request = value.Value.Request,
        Account = value.Value.Account,
        Strategy = value.Value.Strategy,
        IntentId = value.Value.IntentId,
        Purpose = value.Value.Purpose,
        Atr = value.Value.Atr,
        StopPrice = value.Value.StopPrice,
        MarketTimeMs = value.Value.MarketTimeMs,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.ApprovedOrder")]
    public struct Surrogate
    {
        /// <summary>What goes to the venue.</summary>
        [Id(0)]
        public OrderRequest Request;

        /// <summary>Account name.</summary>
        [Id(1)]
        public string Account;

        /// <summary>Strategy name.</summary>
        [Id(2)]
        public string Strategy;

        /// <summary>The proposal's intent.</summary>
        [Id(3)]
        public string IntentId;

        /// <summary>Entry or exit.</summary>
        [Id(4)]
        public ProposalKind Purpose;

        /// <summary>ATR that sized it.</summary>
        [Id(5)]
        public double? Atr;

        /// <summary>Planned hard stop.</summary>
        [Id(6)]
        public decimal? StopPrice;

        /// <summary>Market time of the decision.</summary>
        [Id(7)]
        public long MarketTimeMs;
    }
}

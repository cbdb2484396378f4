using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries proposals between hosts.</summary>
[RegisterConverter]
public sealed class ProposalConverter : IConverter<Proposal, ProposalConverter.Surrogate>
{
    /// <inheritdoc/>
    public Proposal ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.Account, surrogate.Symbol, surrogate.Strategy, surrogate.IntentId, surrogate.Kind, surrogate.Side, surrogate.Strength, surrogate.Atr,
            surrogate.ReferencePrice, surrogate.MarketTimeMs, surrogate.BarIndex, surrogate.Quantity, surrogate.Why)
        {
            RegimeFactor = surrogate.RegimeFactor,
            OrderType = surrogate.OrderType,
            LimitPrice = surrogate.LimitPrice,
            TimeInForce = surrogate.TimeInForce,
            Signals = surrogate.Signals,
            LeverageCap = surrogate.LeverageCap,
            ExpectedProfit = surrogate.ExpectedProfit,
            IsExitMaker = surrogate.IsExitMaker,
            IsEntryMaker = surrogate.IsEntryMaker,
            IsPatient = surrogate.IsPatient,
            GoodTillMs = surrogate.GoodTillMs,
        };

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in Proposal value) => new()
    {
        Account = value.Account,
        Symbol = value.Symbol,
        Strategy = value.Strategy,
        IntentId = value.IntentId,
        Kind = value.Kind,
        Side = value.Side,
        Strength = value.Strength,
        Atr = value.Atr,
        ReferencePrice = value.ReferencePrice,
        MarketTimeMs = value.MarketTimeMs,
        BarIndex = value.BarIndex,
        Quantity = value.Quantity,
        Why = value.Why,
        RegimeFactor = value.RegimeFactor,
        OrderType = value.OrderType,
        LimitPrice = value.LimitPrice,
        TimeInForce = value.TimeInForce,
        Signals = [.. value.Signals],
        LeverageCap = value.LeverageCap,
        ExpectedProfit = value.ExpectedProfit,
        IsExitMaker = value.IsExitMaker,
        IsEntryMaker = value.IsEntryMaker,
        IsPatient = value.IsPatient,
        GoodTillMs = value.GoodTillMs,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.Proposal")]
    public struct Surrogate
    {
        /// <summary>Account of the value.</summary>
        [Id(0)]
        public string Account;

        /// <summary>Symbol of the value.</summary>
        [Id(1)]
        public string Symbol;

        /// <summary>Strategy of the value.</summary>
        [Id(2)]
        public string Strategy;

        /// <summary>IntentId of the value.</summary>
        [Id(3)]
        public string IntentId;

        /// <summary>Kind of the value.</summary>
        [Id(4)]
        public ProposalKind Kind;

        /// <summary>Side of the value.</summary>
        [Id(5)]
        public OrderSide Side;

        /// <summary>Strength of the value.</summary>
        [Id(6)]
        public double Strength;

        /// <summary>Atr of the value.</summary>
        [Id(7)]
        public double? Atr;

        /// <summary>ReferencePrice of the value.</summary>
        [Id(8)]
        public decimal ReferencePrice;

        /// <summary>MarketTimeMs of the value.</summary>
        [Id(9)]
        public long MarketTimeMs;

        /// <summary>BarIndex of the value.</summary>
        [Id(10)]
        public long BarIndex;

        /// <summary>Quantity of the value.</summary>
        [Id(11)]
        public decimal? Quantity;

        /// <summary>Why of the value.</summary>
        [Id(12)]
        public string Why;

        /// <summary>RegimeFactor of the value.</summary>
        [Id(13)]
        public double RegimeFactor;

        /// <summary>OrderType of the value.</summary>
        [Id(14)]
        public OrderType OrderType;

        /// <summary>LimitPrice of the value.</summary>
        [Id(15)]
        public decimal? LimitPrice;

        /// <summary>TimeInForce of the value.</summary>
        [Id(16)]
        public TimeInForce TimeInForce;

        /// <summary>Signals of the value.</summary>
        [Id(17)]
        public ProposalSignal[] Signals;

        /// <summary>LeverageCap of the value.</summary>
        [Id(18)]
        public decimal? LeverageCap;

        /// <summary>ExpectedProfit of the value.</summary>
        [Id(19)]
        public double? ExpectedProfit;

        /// <summary>IsExitMaker of the value.</summary>
        [Id(20)]
        public bool IsExitMaker;

        /// <summary>GoodTillMs of the value.</summary>
        [Id(21)]
        public long? GoodTillMs;

        /// <summary>IsEntryMaker of the value.</summary>
        [Id(22)]
        public bool IsEntryMaker;

        /// <summary>IsPatient of the value.</summary>
        [Id(23)]
        public bool IsPatient;
    }
}

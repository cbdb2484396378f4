using Granary.Engine.Positions;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries position reports between hosts.</summary>
[RegisterConverter]
public sealed class PositionReportConverter : IConverter<PositionReport, PositionReportConverter.Surrogate>
{
    /// <inheritdoc/>
    public PositionReport ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.Symbol, surrogate.Quantity, surrogate.EntryPrice, surrogate.MarkPrice, surrogate.UnrealizedPnl, surrogate.LiquidationPrice,
            surrogate.TimeMs);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in PositionReport value) => new()
    {
        Symbol = value.Symbol,
        Quantity = value.Quantity,
        EntryPrice = value.EntryPrice,
        MarkPrice = value.MarkPrice,
        UnrealizedPnl = value.UnrealizedPnl,
        LiquidationPrice = value.LiquidationPrice,
        TimeMs = value.TimeMs,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.PositionReport")]
    public struct Surrogate
    {
        /// <summary>Symbol of the value.</summary>
        [Id(0)]
        public string Symbol;

        /// <summary>Quantity of the value.</summary>
        [Id(1)]
        public decimal Quantity;

        /// <summary>EntryPrice of the value.</summary>
        [Id(2)]
        public decimal EntryPrice;

        /// <summary>MarkPrice of the value.</summary>
        [Id(3)]
        public decimal MarkPrice;

        /// <summary>UnrealizedPnl of the value.</summary>
        [Id(4)]
        public decimal UnrealizedPnl;

        /// <summary>LiquidationPrice of the value.</summary>
        [Id(5)]
        public decimal LiquidationPrice;

        /// <summary>TimeMs of the value.</summary>
        [Id(6)]
        public long TimeMs;
    }
}

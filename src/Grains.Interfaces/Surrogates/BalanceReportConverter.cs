using Granary.Engine.Positions;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries balance reports between hosts.</summary>
[RegisterConverter]
public sealed class BalanceReportConverter : IConverter<BalanceReport, BalanceReportConverter.Surrogate>
{
    /// <inheritdoc/>
    public BalanceReport ConvertFromSurrogate(in Surrogate surrogate) =>
        new(surrogate.Asset, surrogate.WalletBalance, surrogate.AvailableBalance, surrogate.TimeMs) { Change = surrogate.Change };

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in BalanceReport value) => new()
    {
        Asset = value.Asset,
        WalletBalance = value.WalletBalance,
        AvailableBalance = value.AvailableBalance,
        TimeMs = value.TimeMs,
        Change = value.Change,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.BalanceReport")]
    public struct Surrogate
    {
        /// <summary>Asset of the value.</summary>
        [Id(0)]
        public string Asset;

        /// <summary>WalletBalance of the value.</summary>
        [Id(1)]
        public decimal WalletBalance;

        /// <summary>AvailableBalance of the value.</summary>
        [Id(2)]
        public decimal AvailableBalance;

        /// <summary>TimeMs of the value.</summary>
        [Id(3)]
        public long TimeMs;

        /// <summary>Change of the value.</summary>
        [Id(4)]
        public decimal? Change;
    }
}

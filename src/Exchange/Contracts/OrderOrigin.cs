namespace Granary.Exchange.Contracts;

/// <summary>Who placed an order.</summary>
public enum OrderOrigin
{
    /// <summary>The account itself.</summary>
    User,

    /// <summary>The exchange, because the margin was used up (client id autoclose-...; the order type of its events is LIQUIDATION).</summary>
    Liquidation,

    /// <summary>The exchange, to find a counterparty for another account's liquidation (client id adl_autoclose-...).</summary>
    Deleveraging,

    /// <summary>The exchange, because the contract ends (client id settlement_autoclose-...).</summary>
    Settlement,
}

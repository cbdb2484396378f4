using System.Text.Json.Serialization;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Parity;

/// <summary>One order and its executions.</summary>
/// <param name="ClientOrderId">Its id in its own run.</param>
/// <param name="IntentId">What it is for; empty for one that the engine did not decide, such as a stop that fired at the venue or a liquidation.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Purpose">Entry or exit.</param>
/// <param name="Side">Side.</param>
/// <param name="Type">Market or limit.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="DecidedMs">Market time of the decision, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Fills">Executions in their order.</param>
public sealed record LoggedOrder(
    string ClientOrderId, string IntentId, string Symbol, string Strategy, ProposalKind Purpose, OrderSide Side, OrderType Type, decimal Quantity, long DecidedMs,
    IReadOnlyList<LoggedFill> Fills)
{
    /// <summary>Parts that it was placed in; 0 for an order that left as it is. The fills are then those of its parts.</summary>
    [JsonIgnore]
    public int Parts { get; init; }

    /// <summary>Executed, base units.</summary>
    [JsonIgnore]
    public decimal Filled => Fills.Sum(f => f.Quantity);

    /// <summary>Volume-weighted price of the executions, quote units; null without any.</summary>
    [JsonIgnore]
    public decimal? Price => Filled is > 0 and var filled ? Fills.Sum(f => f.Price * f.Quantity) / filled : null;

    /// <summary>Paid for the executions, quote units.</summary>
    [JsonIgnore]
    public decimal Fees => Fills.Sum(f => f.Fee);

    /// <summary>Market time of the last execution; of the decision without any.</summary>
    [JsonIgnore]
    public long LastMs => Fills.Count > 0 ? Fills[^1].TimeMs : DecidedMs;
}

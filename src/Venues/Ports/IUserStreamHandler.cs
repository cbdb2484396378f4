using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Venues.Ports;

/// <summary>Takes user stream events over. Account events are never dropped: the read loop waits for each of these calls.</summary>
public interface IUserStreamHandler
{
    /// <summary>An order changed; with a fill when the change was one.</summary>
    ValueTask OnOrderAsync(OrderReport report, CancellationToken cancellationToken);

    /// <summary>Balances and positions changed; only what changed is listed.</summary>
    /// <param name="reason">The venue's reason, for example ORDER or FUNDING_FEE.</param>
    /// <param name="balances">Changed balances.</param>
    /// <param name="positions">Changed positions.</param>
    /// <param name="timeMs">The venue's time, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask OnAccountAsync(
        string reason, IReadOnlyList<BalanceReport> balances, IReadOnlyList<PositionReport> positions, long timeMs, CancellationToken cancellationToken);

    /// <summary>A trigger order changed.</summary>
    ValueTask OnTriggerAsync(TriggerOrderReport report, CancellationToken cancellationToken);

    /// <summary>The stream was established (true) or lost (false).</summary>
    ValueTask OnConnectionAsync(bool connected, string detail, CancellationToken cancellationToken);
}

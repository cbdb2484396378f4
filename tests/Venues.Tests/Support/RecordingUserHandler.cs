using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Venues.Ports;

namespace Granary.Venues.Tests.Support;

/// <summary>Writes every call down, in order.</summary>
internal sealed class RecordingUserHandler : IUserStreamHandler
{
    public List<string> Calls { get; } = [];

    public List<OrderReport> Orders { get; } = [];

    public List<PositionReport> Positions { get; } = [];

    public List<BalanceReport> Balances { get; } = [];

    public HashSet<int> Threads { get; } = [];

    /// <summary>When set, thrown once by <see cref="OnOrderAsync"/>.</summary>
    public Exception? Fault { get; set; }

    public ValueTask OnOrderAsync(OrderReport report, CancellationToken cancellationToken)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }
        Orders.Add(report);
        Calls.Add($"order {report.ClientOrderId}");
        return default;
    }

    public ValueTask OnTriggerAsync(TriggerOrderReport report, CancellationToken cancellationToken)
    {
        Calls.Add($"trigger {report.ClientId}");
        return default;
    }

    public ValueTask OnAccountAsync(
        string reason, IReadOnlyList<BalanceReport> balances, IReadOnlyList<PositionReport> positions, long timeMs, CancellationToken cancellationToken)
    {
        Balances.AddRange(balances);
        Positions.AddRange(positions);
        Calls.Add($"account {reason}");
        return default;
    }

    public ValueTask OnConnectionAsync(bool connected, string detail, CancellationToken cancellationToken)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        Calls.Add(connected ? "up" : $"down: {detail}");
        return default;
    }
}

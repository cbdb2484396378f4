using Granary.Grains.Interfaces.Risk;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Alerts.Rules;

/// <summary>What the conditions are judged by, as of one moment.</summary>
/// <param name="Status">Accounts and symbols.</param>
/// <param name="Risks">Risk of the accounts that answer.</param>
/// <param name="IsConnected">Whether the market stream is connected.</param>
/// <param name="ConnectionDetail">What was last said about it.</param>
/// <param name="IsRecorded">Whether the market is recorded: one that is over is silent by right.</param>
/// <param name="DiskFreeBytes">Free space of the journal's disk, or null when it cannot be told.</param>
public sealed record EngineSight(
    StatusBody Status, IReadOnlyList<RiskReport> Risks, bool IsConnected, string ConnectionDetail, bool IsRecorded, long? DiskFreeBytes);

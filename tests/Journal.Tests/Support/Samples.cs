using Granary.Journal.Records;

namespace Granary.Journal.Tests.Support;

/// <summary>Valid records to vary.</summary>
public static class Samples
{
    public const long T0 = 1_729_209_600_000;

    public static OrderRecord Order(string id = "o-1", long sequence = 1, string account = "main", string symbol = "BTCUSDT", string status = "PendingNew") =>
        new(account, id, sequence, symbol, "Momentum", "intent-" + id, "Entry", "Buy", "Limit", "Gtx", 0.125m, 61_800.3m, false, 12.5, 61_700m, status, 0, 0m,
            "", T0, T0 + sequence);

    public static FillRecord Fill(long tradeId = 1, string account = "main", string symbol = "BTCUSDT", decimal quantity = 0.125m) =>
        new(0, account, symbol, tradeId, "o-1", 77, "Momentum", "Buy", 61_800.3m, quantity, 3.0900150m, "USDT", -0.0125m, true, T0 + tradeId);

    public static DecisionRecord Decision(
        string intent = "i-1", string outcome = "Approved", string reason = "", string account = "main", string symbol = "BTCUSDT", long timeMs = T0) =>
        new(account, symbol, "Momentum", intent, "Entry", "Buy", 1.75, 42, outcome, reason, "detail", """{"delta":1.5}""",
            """{"vwap":61800.25}""", timeMs, timeMs);

    public static PositionRecord Position(decimal quantity = 0.125m, string account = "main", string symbol = "BTCUSDT", long lastTradeId = 1) =>
        new(account, symbol, quantity, 7_725.0375m, 12.5m, 3.09m, lastTradeId, "Momentum", [1, 2, 0, 255], T0);

    public static EquityRecord Equity(decimal wallet = 10_000m, string account = "main", long timeMs = T0) => new(account, wallet, -12.75m, "Active", timeMs);

    public static IncidentRecord Incident(string kind = "StreamLost", long timeMs = T0) =>
        new("symbol BTCUSDT", kind, "no message for 5 s", "reconnected", "gap filled", timeMs);

    public static TradingStateRecord State(string state = "Halted", string account = "main") => new(account, state, "by hand", "operator", T0);

    public static SnapshotRecord Snapshot(string owner = "symbol/BTCUSDT", params byte[] bytes) => new(owner, bytes, T0);
}
